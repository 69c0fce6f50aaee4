import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { addressesOf, Files, literally } from "../../../kernel/debugger/Files.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-files-"));
const files = new Files(pathToFileURL(join(folder, "kernel/")).href);
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("a TypeScript file is code with its lines in their places", () => {
  const path = file("plain.ts", "type A = 1;\nexport const a: A = 1;\n");
  const { text, code, place } = files.sourceOf(path)!;
  expect(text).toContain("const a: A = 1");
  expect(code.split("\n")[1]).toMatch(/^export const a\s+= 1;$/);
  expect(place({ line: 2, column: 7 })).toEqual({ line: 2, column: 7 });
});

test("a file that needs another form says where its lines went", () => {
  const path = file(
    "space.ts",
    "// one\n\nnamespace N { export const x = 1; }\n\nexport const y = N.x;\n",
  );
  const { code, place } = files.sourceOf(path)!;
  const line = code.split("\n").findIndex((text) => text.startsWith("const y"));
  expect(place({ line: line + 1, column: 0 }).line).toBe(5);
});

test("a file that cannot be read as TypeScript is its text", () => {
  expect(files.sourceOf(file("broken.ts", "let = ;"))?.code).toBe("let = ;\n");
});

test("what is no file, or the kernel's own, is no source", () => {
  expect(files.sourceOf(join(folder, "gone.ts"))).toBeUndefined();
  expect(files.sourceOf(folder)).toBeUndefined();
  const all = new Files(pathToFileURL(folder).href);
  expect(all.sourceOf(file("own.ts", ""))).toBeUndefined();
});

test("all versions of a file have one pattern, also by the way of a link", () => {
  const path = file("a+b (1).ts", "");
  const link = join(folder, "link.ts");
  symlinkSync(path, link);
  const pattern = new RegExp(addressesOf(link));
  for (const target of [path, link]) {
    const { href } = pathToFileURL(target);
    for (const url of [href, `${href}?v=12`]) expect(url).toMatch(pattern);
    for (const url of [`${href}x`, `x${href}`, `${href}?v=`]) expect(url).not.toMatch(pattern);
  }
  expect(new RegExp(`^${literally("a.b*(c)")}$`).test("a.b*(c)")).toBe(true);
});

test("a file that was loaded again is listed once, with its newest script", () => {
  const path = file("twice.ts", "");
  const { href } = pathToFileURL(path);
  for (const [scriptId, url] of [
    ["1", `${href}?v=1`],
    ["2", "node:fs"],
    ["3", `${href}?v=2`],
    ["4", "In[1]"],
  ] as const)
    files.loaded({ scriptId, url });
  expect(files.list).toEqual([{ id: "3", name: "twice.ts", path }]);
  files.forget();
  expect(files.list).toEqual([]);
});
