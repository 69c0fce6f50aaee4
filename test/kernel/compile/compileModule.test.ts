import { expect, test } from "vitest";
import { compileModule } from "../../../kernel/compile/index.ts";

/** What is left when the spaces are gone. */
const compact = (source: string) =>
  compileModule(source, "file.ts")
    .replace(/\s+/g, " ")
    .replaceAll(/;(?: ;)+/g, ";")
    .trim();

test("imports and exports stay, types go, lines keep their places", () => {
  const source = "import { a } from './a.ts'\ninterface B {}\nexport const c: B = a as B";
  const lines = compileModule(source, "file.ts").split("\n");
  expect(lines.slice(0, 2).map((line) => line.trimEnd())).toEqual([
    "import { a } from './a.ts'",
    ";",
  ]);
  expect(lines[2]).toMatch(/^export const c {4}= a {5};?$/);
});

test.each([
  ["import { A, b } from 'm'; b; let x: A", "import { b } from 'm'; b; let x ;"],
  ["import { A } from 'm'; let x: A", "; let x ;"],
  ["import type { A } from 'm'; export { A }", "; export { }"],
  ["import { type A, b } from 'm'; export { A, b }", "import { b } from 'm'; export { b }"],
  ["type A = 1; const b = 2; export { type A, b }", "; const b = 2; export { b }"],
  ["import 'effect'", "import 'effect'"],
  ["import all, { A } from 'm'; all()", "import all, { } from 'm'; all()"],
])("leaves out what only types use: %s", (source, expected) => {
  expect(compact(source)).toBe(expected);
});

test.each([
  ["const x: number = 1; export = (x as any)", "const x = 1; export default (x )"],
  [
    "#!/usr/bin/env node\nconst here = __dirname",
    "#!/usr/bin/env node const __dirname=import.meta.dirname;const here = __dirname",
  ],
  [
    "function f(module: any, exports: any) { return module.exports }",
    "function f(module , exports ) { return module.exports }",
  ],
  [
    "import module from 'm'; module; const require = 1; require",
    "import module from 'm'; module; const require = 1; require",
  ],
  [
    "exports.a = 1",
    "const module={exports:{}},exports=module.exports;exports.a = 1 export default module.exports;",
  ],
])("gives what a file of CommonJS uses and does not declare: %s", (source, expected) => {
  expect(compact(source)).toBe(expected);
});

test("enums of a module become values", () => {
  expect(compileModule("export enum E { A = 3 }", "file.ts")).toMatch(/\["A"\] = 3/);
});

test("elements of JSX are calls in a file whose name ends in x, and a mistake in any other", () => {
  const source = "export const item = <li id='a'>{1 as number}</li>";
  expect(compileModule(source, "item.tsx")).toContain('React.createElement("li", { id: "a" }, 1)');
  expect(() => compileModule(source, "item.ts")).toThrow(SyntaxError);
});
