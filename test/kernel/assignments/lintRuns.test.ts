import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lintRuns } from "../../../kernel/assignments/lintRuns.ts";

const source = "notebooks/assignments/source/ps2/ps2.ipynb";

function copyOf(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "downhill-lint-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "ps2.ipynb");
  copyFileSync(source, file);
  writeFileSync(file, change(readFileSync(file, "utf8")));
  return file;
}

test("problem set 2 gives its solution all points and its stub none", {
  timeout: 120_000,
}, async () => {
  const file = copyOf((text) => text);
  expect(await lintRuns(file)).toEqual([]);
  expect(readdirSync(join(file, ".."))).toEqual(["ps2.ipynb"]);
});

test("a solution that fails its own tests is found", { timeout: 120_000 }, async () => {
  const file = copyOf((text) => text.replace("(2 * h));", "h);"));
  expect(await lintRuns(file)).toEqual([
    { cell: "numericalGrad-test", says: "The solution gets 0 of 4." },
  ]);
});
