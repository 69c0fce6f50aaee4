import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { compiledFile } from "../../../kernel/compiledFile.ts";

/** The package with what was built, in a folder of its own where no kernel has run yet. */
const folder = mkdtempSync(join(tmpdir(), "downhill-warm-"));
const notebook = join(folder, "sum.ipynb");
const compiled = ["host", "user/main"].map((name) =>
  compiledFile(join(folder, `dist/kernel/${name}.program`)),
);

function downhill(...words: string[]) {
  const command = [join(folder, "dist/kernel/main.js"), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return { status, stdout, stderr };
}

beforeAll(() => {
  cpSync("package.json", join(folder, "package.json"));
  for (const part of ["dist/kernel", "dist/share"]) {
    const filter = (path: string) => !path.includes(".program.");
    cpSync(part, join(folder, part), { recursive: true, filter });
  }
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  const cell = {
    cell_type: "code",
    id: "sum",
    metadata: {},
    execution_count: null,
    outputs: [],
    source: "20 + 22",
  };
  const content = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(notebook, JSON.stringify(content));
  return () => rmSync(folder, { recursive: true, force: true });
});

test("a kernel starts without what V8 compiled before, and with rubbish in its place", () => {
  expect(downhill("run", notebook).stdout).toContain("42");
  for (const file of compiled) {
    writeFileSync(file, "rubbish");
    onTestFinished(() => rmSync(file, { force: true }));
  }
  expect(downhill("run", notebook).stdout).toContain("42");
});

test("install keeps once what V8 compiled, and the kernel takes it", () => {
  const prefix = join(folder, "prefix");
  expect(downhill("install", "--prefix", prefix).status).toBe(0);
  expect(compiled.map((file) => existsSync(file))).toEqual([true, true]);
  const before = compiled.map((file) => statSync(file).mtimeMs);
  expect(downhill("install", "--prefix", prefix).status).toBe(0);
  expect(compiled.map((file) => statSync(file).mtimeMs)).toEqual(before);
  expect(downhill("run", notebook).stdout).toContain("42");
  expect(readFileSync(compiled[0]!).length).toBeGreaterThan(100_000);
});
