import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../kernel/install/root.mjs";

/** What a program prints that has installed the package and ends by itself. */
function printed(code: string, name = "program.mjs"): string {
  const folder = mkdtempSync(join(tmpdir(), "downhill-pictures-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "downhill"), "junction");
  writeFileSync(join(folder, name), code);
  return execFileSync(process.execPath, ["--no-warnings", name], { cwd: folder, encoding: "utf8" });
}

test("any program draws a figure as a PNG, at the scale that it wants", () => {
  const sizes = printed(`
    import { plot } from "downhill";
    import { png } from "downhill/pictures";
    const figure = plot.fn(Math.sin);
    for (const scale of [1, 2]) {
      const bytes = await png(figure, { scale });
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      console.log(String.fromCharCode(...bytes.subarray(1, 4)), view.getUint32(16));
    }`);
  const [first, second] = sizes
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  expect([first?.[0], second?.[0]]).toEqual(["PNG", "PNG"]);
  expect(Number(second?.[1])).toBe(2 * Number(first?.[1]));
});

test("a program of CommonJS requires it", () => {
  const code = `const { png } = require("downhill/pictures");
    const { plot } = require("downhill");
    png(plot.fn(Math.sin)).then((bytes) => console.log(bytes.length > 5000));`;
  expect(printed(code, "program.cjs")).toBe("true\n");
});

test("what is no figure is refused with what was expected", () => {
  const code = `import { png } from "downhill/pictures";
    await png({ layout: {} }).catch((error) => console.log(error.message));`;
  expect(printed(code)).toMatch(/needs a plotly figure with a list `data`/);
});
