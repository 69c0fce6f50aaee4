import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalFiles } from "../../../kernel/types/LocalFiles.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-files-"));
  mkdirSync(join(folder, "src"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const change = (file: string, type: 1 | 2 | 3) => ({
  uri: pathToFileURL(join(folder, file)).href,
  type,
});

test("a file that a text imports is told of when it changes, and once", () => {
  write("src/tax.ts", "export const rate = 1");
  const files = new LocalFiles(folder);
  expect(files.changes("import { rate } from './src/tax'")).toEqual([]);
  write("src/tax.ts", "export const rate = 'high'");
  expect(files.changes("1")).toEqual([change("src/tax.ts", 2)]);
  expect(files.changes("1")).toEqual([]);
});

test("files are followed through each other, also when an edited file imports another", () => {
  write("src/index.ts", "export * from './tax.js'");
  write("src/tax.ts", "export const rate = 1");
  write("src/late.ts", "export const late = 1");
  const files = new LocalFiles(folder);
  files.changes('const all = await import("./src");');
  write("src/tax.ts", 'import "./late";');
  expect(files.changes("")).toEqual([change("src/tax.ts", 2)]);
  write("src/late.ts", "export const late = 'changed'");
  expect(files.changes("")).toEqual([change("src/late.ts", 2)]);
});

test("a file that comes and one that goes are told of as such", () => {
  write("gone.json", "{}");
  const files = new LocalFiles(folder);
  files.changes("import gone from './gone.json'\nimport type { Later } from './later'");
  rmSync(join(folder, "gone.json"));
  write("later.ts", "export type Later = 1");
  expect(files.changes("")).toEqual(
    expect.arrayContaining([change("gone.json", 3), change("later.ts", 1)]),
  );
});

test("packages and other cells are nobody's files", () => {
  write("cell-1.ts", "export {}");
  const files = new LocalFiles(folder);
  files.changes("import { z } from 'zod'; import { a } from './cell-1'");
  write("cell-1.ts", "export const a = 1");
  expect(files.changes("")).toEqual([]);
});

test("files that import each other end", () => {
  write("a.ts", "import './b'");
  write("b.ts", "import './a'");
  const files = new LocalFiles(folder);
  expect(files.changes("import './a'")).toEqual([]);
  write("b.ts", "import './a' // changed");
  expect(files.changes("")).toEqual([change("b.ts", 2)]);
});
