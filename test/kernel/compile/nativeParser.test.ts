import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { compileCell } from "../../../kernel/compile/index.ts";
import { loadNativeParser, parseShort } from "../../../kernel/compile/nativeParser.ts";
import { CellSyntaxError, parseModule } from "../../../kernel/compile/parse.ts";
import { plainly } from "./plainly.ts";

beforeAll(loadNativeParser);

/** This project's own files, statement by statement. */
const statements = ["src", "kernel", "test"].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.d)\.ts$/.test(name))
    .map((name) => readFileSync(join(root, name), "utf8"))
    .flatMap((text) => parseModule(text).body.map(({ start, end }) => text.slice(start!, end!))),
);

describe("a short text", () => {
  test("has the tree that the other parser gives", () => {
    let compared = 0;
    for (const text of statements) {
      const tree = parseShort(text);
      if (!tree) continue;
      compared++;
      expect(plainly(tree), text).toEqual(plainly(parseModule(text)));
    }
    expect(compared).toBeGreaterThan(0.9 * statements.length);
  }, 60_000);

  test.each([
    "a?.b.c; a?.b?.(); (a?.b).c; a?.b!.c; a.b?.[c].d(); delete a?.b",
    "({ a, b: 1, [c]: 2, 'd': 3, 4: 5, get e() { return 1 }, set e(x) {}, async *f() {}, ...g })",
    "class A<T> extends B<T> implements C, D { #a = 1; static #b() {} static { x } [c]?: number; declare d; f!: T; get g() { return #a in x } m?(): void; [k: string]: T }",
    "abstract class A extends X { abstract a(): void; protected abstract readonly b: number; override c() {} private constructor(x: number, ...y: T[]) { super() } }",
    "'use strict'; function f() { 'use asm'; \"other\"; return 1 }",
    "let f = async <T,>(a?: number, { b = 1, ...c }: D = {}, ...[e]: F): Promise<T> => await (a as any)!",
    "((a)); (a, b); x = ((y)); (() => ({})); export default ((a as B))",
    `1_000n; 0x1fn; /a[/]b/giu; null; true; \`a\${b}c\${d}\`; tag<T>\`x\`; new A<B>(); f<C>(1); const g = f<D>`,
    "import('a'); import('b', { with: {} }); import.meta.url; function h() { new.target }",
    "export const a = 1; export { a as b }; export * from 'c'; import d, { e, type F } from 'g'; import * as h from 'i'; import type J from 'k'",
    "for await (const x of y) {} for (const k in o) {} for (;;) { break } a: for (let i = 0, j; i < 1; i++) continue a",
    "try {} catch {} finally {} switch (x) { case 1: default: } if (a) b; else if (c) d; do x(); while (1)",
    "type A = { b: number }; interface C extends D {} declare let e: F; declare function g(): void; function h(this: X, a: number): void; function h() {}",
    "[a, , b.c, ...d] = e; ({ f, g: h.i = 1 } = j); a ??= b; a **= 2; x = y satisfies Z; <T>u",
    "using a = b; await using c = d; await e; yieldless: { }",
  ])("such as %s", (text) => {
    expect(plainly(parseShort(text))).toEqual(plainly(parseModule(text)));
  });
});

/** What one of the two could overlook. */
const mistakes = [
  "let a; let a",
  "const a = 1; var a",
  "function f() {} let f",
  "function f() {} function f() {}",
  "function f() {} class f {}",
  "function f() {} var f",
  "function f() {} if (x) { var { f } = y }",
  "{ function f() {} function f() {} }",
  "import a from 'b'; let a",
  "import type A from 'b'; let A",
  "if (x) import 'y'",
  "while (x) { export default 3 }",
  "a as b = 1",
  "function f({ a }?) {}",
  "import a from 'b' assert { type: 'json' }",
  "return 1",
  "break",
  "label: label: x",
  "class A { #a; #a }",
  "class A { m() { this.#b } }",
  "a?.b = 1",
  "f() = 1",
  "function f() { await 1 }",
  "function f(a) { let a }",
  "010",
  "with (a) {}",
  "a ?? b || c",
  "-1 ** 2",
  "`a",
  "let a: ;",
  "const a",
  "x = { a = 1 }",
  "let let = 1",
];

test.each(mistakes)("a mistake is left to the other parser: %s", (text) => {
  expect(() => parseModule(text)).toThrow(CellSyntaxError);
  expect(parseShort(text)).toBeUndefined();
});

/** Ways to nest: what opens a level, what stands innermost, what closes a level; and what stands before and behind. */
const nests: [open: string, inner: string, close: string, before?: string, behind?: string][] = [
  ["(", "1", ")"],
  ["[", "", "]"],
  ["({a:", "1", "})"],
  ["{", "", "}"],
  ["1+", "1", ""],
  ["!", "1", ""],
  ["a=>", "1", ""],
  ["(a=", "1", ")=>1"],
  ["()=>{", "", "}"],
  ["if(x)", "y", ""],
  ["if(x)y;else ", "y", ""],
  ["a?b:", "c", ""],
  ["function f(){", "", "}"],
  ["class A{a(){", "", "}}"],
  ["`${", "1", "}`"],
  ["a(", "1", ")"],
  ["new ", "A", ""],
  ["a:", "b", ""],
  ["do ", "x", ";while(1)"],
  ["for(;;)", "x", ""],
  ["try{", "", "}finally{}"],
  ["@a(", "1", ")", "", "class A{}"],
  ["namespace a{", "", "}"],
  ["[", "a", "]", "let ", "=1"],
  ["{a:", "b", "}", "let ", "=1"],
  ["A<", "B", ">", "let x:"],
  ["[", "a", "]", "let x:"],
  ["(", "a", ")", "let x:"],
  ["(a:", "b", ")=>c", "let x:"],
  ["{a:", "b", "}", "let x:"],
  ["keyof ", "a", "", "let x:"],
  ["a extends b?c:", "d", "", "let x:"],
];

test.each(nests)(
  "nesting %s as deep as a short text can leaves the process alive",
  (open, inner, close, before = "", behind = "") => {
    const nested = (levels: number, ending: string) =>
      before + open.repeat(levels) + inner + ending.repeat(levels) + behind;
    const short = (ending: string) => {
      const tokens = (text: string) => text.match(/\w+|[^\s\w]/g)?.length ?? 0;
      const levels = (1000 - tokens(before + inner + behind)) / tokens(open + ending);
      return nested(Math.floor(levels), ending);
    };
    // Closed and left open: an overflow would end the process.
    for (const text of [short(close), short("")]) expect(() => parseShort(text)).not.toThrow();
  },
);

test("what is read natively compiles to the same, with types in none, some or all of its statements", async () => {
  // Too long for the native parser.
  const long = `\n// ${"word ".repeat(1000)}`;
  let compared = 0;
  const beside = withFewTypes.map((text) => `plain1 = 1;\n${text};\nlet plain2 = 2`);
  for (const text of [...statements, ...withFewTypes, ...beside]) {
    const typed = parseShort(text)?.extra?.typed as readonly unknown[] | undefined;
    if (typed === undefined) continue;
    const { code } = await compileCell(text, new Map());
    const other = await compileCell(text + long, new Map());
    expect(code, text).toBe(other.code.replace(long, ""));
    compared++;
  }
  expect(compared).toBeGreaterThan(0.1 * statements.length);
}, 60_000);

/** Words for the type checker that are no types. */
const withFewTypes = [
  "declare let a",
  "function f(a?) {}",
  "(a?) => a",
  "function f(this) {}",
  "x!",
  "class A { readonly a; private b() {} declare c; d? }",
  "let a!",
  "export type { A }",
  "export type * from 'a'",
  "export declare let a",
  "import type A from 'a'",
  "import { type A, b } from 'a'; b",
  "({ a?() {} })",
  "for (const a of b!) {}",
  "try {} catch (e: unknown) {}",
  "export default function f(a?) {}",
  "abstract class A {}",
];

test("a long text is left to the other parser, which does not run out of stack", () => {
  expect(parseShort("x;".repeat(500))).toBeDefined();
  expect(parseShort("x;".repeat(501))).toBeUndefined();
  expect(parseShort(`"${"many words ".repeat(400)}"`)).toBeDefined();
  expect(parseShort("(".repeat(100_000))).toBeUndefined();
});
