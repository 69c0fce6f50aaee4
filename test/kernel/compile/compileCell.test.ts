import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { CellSyntaxError, compileCell, loadNativeParser } from "../../../kernel/compile/index.ts";
import { notebook } from "./notebook.ts";

beforeAll(loadNativeParser);

/** What each cell gives when they run in this order in one notebook. */
type Story = readonly (readonly [cell: string, value: unknown])[];

const stories: Record<string, Story> = {
  "declares anything again as anything": [
    ["let x: number = 1; x", 1],
    ["const x: string = 'a'; x", "a"],
    ["function x(a?: number, ...r: string[]): number { return (a ?? 0) + r.length }\nx(1, 'b')", 2],
    ["x(5)", 5],
    ["class x<T> { private a: number = 3; get b(): number { return this.a } }\nnew x().b", 3],
    ["x.name", "x"],
    ["import { x } from 'data:text/javascript,export const x = 7'; x", 7],
    ["enum x { A, B }\nx.B", 1],
    ["enum x { C }\n[x.C, (x as any).B]", [0, undefined]],
    ["var x = 2; var x = 3; x", 3],
  ],
  "lets a closure see later changes": [
    ["let w = 1; const read = () => w", undefined],
    ["w = 5", undefined],
    ["read()", 5],
    ["let w = 8; read()", 8],
    ["function bar() { return 7 }\nfunction foo() { return bar() }", undefined],
    ["function bar() { return 8 }", undefined],
    ["[foo(), foo.name]", [8, "foo"]],
  ],
  "computes in loops as if their variables had no twins": [
    ["let w2 = 0, rate = 0.5, name = 0", undefined],
    ["for (let i = 0; i < 2500; i++) w2 = w2 - rate * (w2 - 3.25)\nw2", 3.25],
    [
      "let count = 0, odd = 0\nwhile (true) {\n  count++ // one more\n  if (count % 2 === 0) continue\n  odd += 1\n  if (count > 4000) break\n}\n[count, odd]",
      [4001, 2001],
    ],
    [
      "do { const half = count / 2 as number; count = half > 1 ? ~~half : 0; name! += -1 } while (count)\n[count, name]",
      [0, -12],
    ],
    ["let read2 = () => w2; for (let i = 0; i < 3; i++) w2 += 1; read2()", 6.25],
    [
      "let sly: any = { valueOf: () => { w2 = 100; return 1 } }; w2 = 1; for (let i = 0; i < 2; i++) w2 = sly * 1 + w2\nw2",
      101,
    ],
    ["for (let i = 0; i < 2; i++) rate = 'r' + rate as any; rate", "rr0.5"],
    [
      "for (let n = 0; n < 3; n++) for (let w2 = 0; w2 < 3; w2++) count += w2;\n[w2, count]",
      [101, 9],
    ],
    [
      "function train(steps: number) { for (let i = 0; i < steps; i++) count = count + 1; return count }\ntrain(5)",
      14,
    ],
    [
      "const fixed = 2; try { for (let i = 0; i < 2; i++) fixed = i } catch (error) { (error as Error).name }",
      undefined,
    ],
    ["fixed", 2],
  ],
  "gives the value of a final expression only": [
    ["1; 2", 2],
    ["x0 = 5; var x0", undefined],
    ["x0 = 6", undefined],
    ["x0++", undefined],
    ["x0 += 1;", undefined],
    ["(x0 = 9)", 9],
    ["if (true) 3", undefined],
    ["for (let i = 0; i < 3; i++) i", undefined],
    ["'text'", "text"],
    ["{ a: 1, b: 2 }", { a: 1, b: 2 }],
    ["// options\n/* of a run */ { a: 1, b: 2 } // two", { a: 1, b: 2 }],
    ["{ let a = 1; a }", undefined],
    ["(1, 2) // comment", 2],
    ["4 /* a */ ; // b", 4],
    ["3\ninterface Later { a: number }", 3],
    ["4\nexport { x0 }", 4],
    ["x0 as number", 9],
    ["x0! as unknown as number\n", 9],
    ["", undefined],
    ["// nothing", undefined],
  ],
  "keeps destructured variables": [
    [
      "const { p, q: [r0, ...rest], ...others }: any = { p: 1, q: [2, 3, 4], z: 5 }\n;[p, r0, rest, others]",
      [1, 2, [3, 4], { z: 5 }],
    ],
    ["let a1 = 1, { b1 } = { b1: 2 }; a1 + b1", 3],
    ["let [aa, bb] = await Promise.all([1, 2]); aa + bb", 3],
    ["let u1!: number, u2 = 3, u3; [u1, u2, u3]", [undefined, 3, undefined]],
    ["var u2, u4 = 1; [u2, u4]", [3, 1]],
  ],
  "treats var in a block or loop as the session's": [
    ["if (true) { var hv = 3 }", undefined],
    ["hv", 3],
    [
      "for (var i = 0, n = 4; i < n; i++);\nfor (var k in { key: 1 });\nfor (var [v] of [[8]]);",
      undefined,
    ],
    ["[i, n, k, v]", [4, 4, "key", 8]],
    ["if (true) var single = 1; else var other = 2", undefined],
    ["[single, other]", [1, undefined]],
    ["function inner() { var hv = 9; return hv }\n[inner(), hv]", [9, 3]],
  ],
  "waits at the top level": [
    ["await Promise.resolve(5)", 5],
    [
      "async function* ones(): AsyncGenerator<number> { yield 1; yield 2 }\nlet total = 0; for await (const v of ones()) total += v; total",
      3,
    ],
    ["[await Promise.resolve(1), (await Promise.resolve({ a: 2 })).a]", [1, 2]],
    ["const later = async () => (await Promise.resolve(3)) + 1; await later()", 4],
  ],
  "leaves globals to the libraries when a variable has their name": [
    ["const performance = 5; performance", 5],
    ["({ performance })", { performance: 5 }],
    ["(function () { return performance })()", 5],
    ["typeof globalThis.performance.now", "function"],
    ["[typeof toString, toString.name, typeof valueOf]", ["function", "toString", "function"]],
    ["const double = (performance: number) => performance * 2; double(4)", 8],
    ["let { URL } = { URL: 3 }; URL", 3],
    ["({ URL } = { URL: 4 }); URL", 4],
    [
      "let window = [1], name = 'n'; [window, name, typeof globalThis.window]",
      [[1], "n", "undefined"],
    ],
  ],
  "refuses to assign to a constant": [
    ["const c = 1", undefined],
    ["try { c = 2 } catch (e: any) { var said = e.name + ': ' + e.message }", undefined],
    ["[c, said]", [1, "TypeError: Assignment to constant variable 'c'."]],
    ["try { c++ } catch (e: any) { said = e.name }\n(said)", "TypeError"],
    ["try { ({ c } = { c: 3 }) } catch (e: any) { said = e.name + c }\n(said)", "TypeError1"],
    ["function shadows() { let c = 1; c = 2; return c }\nshadows()", 2],
    ["let c = 3; c = 4; (c)", 4],
  ],
  "leaves out types": [
    [
      "interface A { x: number }\ntype B = A | null\ndeclare const zz: number\nlet y = ({ x: 1 } as A)!.x satisfies number; y",
      1,
    ],
    ["const fn = <T,>(v: T): T => v; fn<number>(3)", 3],
    [
      "abstract class Shape { abstract area(): number; declare foo: string; static s?: string = 'q' }\nclass Square extends Shape implements Object { readonly k: number; constructor(k: number) { super(); this.k = k } override area(): number { return this.k ** 2 } }\nnew Square(3).area() + (Shape.s ?? '')",
      "9q",
    ],
    ["let g: (a: number) => void = (a) => {}; typeof g", "function"],
    [
      "function ov(a: string): void;\nfunction ov(a: number): void;\nfunction ov(a: any) { return a }\nov(3 as any)",
      3,
    ],
    ["const type = 3, as = 4, of = 5, satisfies = 6; type + as + of + satisfies", 18],
    ["let s1 = `t$" + "{1 as number}`\n;[s1]", ["t1"]],
    [
      "const o = { m<T>(this: any, a: T): T { return a }, get g(): number { return 1 }, ['c' + 1]: 2 }; o.m(4) + o.g + o.c1",
      7,
    ],
    ["const wide = (a: number): {\n  b: number\n} => ({ b: a })\nwide(2)", { b: 2 }],
    ["const cast = () => <any>{ a: 1 }\ncast()", { a: 1 }],
    ["let first = 1\ninterface Between {}\n(2)", 2],
    [
      "class Fields { get: number\n value() { return 1 }\n a = 1 as any\n private ['b'] = 2\n c = 3\n private *d() {} }\nconst f = new Fields() as any\n;[f.value(), f.a, f.b, f.c]",
      [1, 1, 2, 3],
    ],
    ["import type { Stats } from 'node:fs'; import { type Dirent } from 'node:fs'; 3", 3],
    ["export const ex = 3; export default ex; ex", 3],
    ["export default ({ a: 1 } as { a: number });\n2", 2],
    ["export type T = number; export {}; 1", 1],
    ["let sent = 0; export = (sent = 2) as number", undefined],
    ["(sent)", 2],
    ["const n1: number = 3\nconst n2 = n1 as number\n;(n2)", 3],
    ["const narrow = (a: number)\n  : number => a\nnarrow(4)", 4],
    ["const none = ()\n  : number /* ) */ => 5\nnone()", 5],
    ["const later = async <T>\n(a: T) => a\nawait later(6)", 6],
    ["function given() { return <number>\n  7 }\ngiven()", 7],
    [
      "function ends() {\n  const list = [1] as any\n  [8].length\n  const call = ends as any\n  (9)\n  return list }\nends()",
      [1],
    ],
    ["let last = 1; for (let i = 0 as number; i < 2; i++) last = i; (last)", 1],
    [
      "class Said /* implements */ implements /* { */ Object { private /* readonly */ readonly /* ? */ x /* ! */ ?: number = 2; m /* ( */ ?(): void }\nnew Said()",
      { x: 2 },
    ],
    ["const cast2 = (n1 /* as */) /* as any */ as /* ; */ number; cast2", 3],
    ["function sees(this: any /* , */, a: number) { return a }\nsees.call(null, 5)", 5],
    ["const picks = ({ a }: { a?: number /* ? */ } = {}) => a ?? 6; picks()", 6],
    [
      "try { JSON.parse('{') } catch (e: unknown) { var caught = (e as Error).name }\n(caught)",
      "SyntaxError",
    ],
  ],
  "lowers what is more than types": [
    ["enum Color { Red = 'r', Blue = 'b' }\nColor.Blue", "b"],
    ["const enum Level { Low, High = 5, Top }\nLevel.Top", 6],
    [
      "namespace Units { export const metre = 1; export namespace Deep { export const x = 2 } }\nUnits.metre + Units.Deep.x",
      3,
    ],
    [
      "class Point { constructor(public x: number, private readonly y = 2) {} sum() { return this.x + this.y } }\nnew Point(1).sum()",
      3,
    ],
    [
      "const seen: string[] = []\nfunction log(_value: unknown, context: { name: unknown }) { seen.push(String(context.name)) }\nclass Logged { @log method() {} }\nseen",
      ["method"],
    ],
    [
      "const closed: number[] = []\n{ using a = { [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() { closed.push(1) } } }\nclosed",
      [1],
    ],
    ["class Auto { accessor value = 4 }\nnew Auto().value", 4],
    [
      "const tagged = (tag: string) => (_: unknown, context: any): any => (context.kind === 'field' ? (v: any) => tag + v : undefined)\nclass One { @tagged('one ') x = 1; @tagged('other ') y = 2; accessor z = 3 }",
      undefined,
    ],
    ["class Two { @tagged('two ') x = 1; accessor z = 4 }\nnew Two().x", "two 1"],
    ["[new One().x, new One().y, new One().z, new Two().z]", ["one 1", "other 2", 3, 4]],
    ["export enum Sent { A = 7 }\nSent.A", 7],
    ["export class Made { constructor(readonly x: number) {} }\nnew Made(8).x", 8],
    ["export import path = require('node:path');\npath", "required node:path"],
    ["var kept = 5; enum Kept { A }", undefined],
    ["var kept; enum Kept { A }\nkept", 5],
    ["function Both() { return Both.count }\nnamespace Both { export const count = 2 }\nBoth()", 2],
    [
      "const close = Symbol.dispose ?? Symbol.for('Symbol.dispose'); using held = { [close]() { closed.push(2) } }; var beside = 3\nfunction closes() { return closed.length }\n[beside, closes()]",
      [3, 1],
    ],
    ["[...closed, beside, typeof held]", [1, 2, 3, "undefined"]],
    ["Units.metre", 1],
  ],
  imports: [
    [
      "import { readFileSync } from 'node:fs'; import * as path from 'node:path'; import os, { EOL } from 'node:os'; [typeof readFileSync, path.sep, EOL, typeof os.cpus]",
      ["function", "/", "\n", "function"],
    ],
    ["const m = await import('node:fs'); typeof m.statSync", "function"],
    [
      "[import.meta.url, __dirname, require('x')]",
      ["file:///notebook/", "/notebook", "required x"],
    ],
  ],
  "reads leading lines with a hash as comments": [
    ["# This cell (id:a) was missing\n\n  # more\n1 + 1", 2],
    ["class Private { #x = 1; read() { return this.#x } }\nnew Private().read()", 1],
  ],
};

describe.each([
  { fast: true, which: "a notebook" },
  { fast: false, which: "a notebook under a debugger" },
])("$which", (pace) => {
  test.each(Object.entries(stories))("%s", async (_name, story) => {
    const run = notebook(pace);
    for (const [cell, value] of story) expect([cell, await run(cell)]).toEqual([cell, value]);
  });
});

test.each([
  ["let x = ;", 1, 8],
  ["1 + 1\nconst = 3", 2, 6],
  ["foo(", 1, 4],
])("tells the place of the mistake in %j", async (source, line, column) => {
  const error = await compileCell(source, new Map()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CellSyntaxError);
  expect(error).toMatchObject({ name: "SyntaxError", line, column });
});

/** Where `here()` stands in each line of the source, and where V8 says that it was called. */
test.each([
  ["here()"],
  ["const a: number = here(); let b: string[] = [], c = here()"],
  ["\n  if (true) { here() }"],
  ["function f(a: number): number { return here() }\nf(1)"],
  ["class C { static x: number = here() }"],
  ["const { a }: any = here(), d = 1 as any; here()"],
  ["const performance = 1; [performance, performance, here()]"],
  ["await Promise.resolve(here())"],
  ["enum E { A }\nconst a = 1;\n\nhere()"],
])("leads from a place in the stack back to the cell: %j", async (source) => {
  const cell = await compileCell(source, new Map());
  const expected = source
    .split("\n")
    .flatMap((text, line) =>
      [...text.matchAll(/here\(\)/g)].map(({ index }) => ({ line: line + 1, column: index })),
    );
  const found = cell.code
    .split("\n")
    .flatMap((text, line) =>
      [...text.matchAll(/here\(\)/g)].map(({ index }) =>
        cell.place({ line: line + 1, column: line === 0 ? index + cell.columnOffset : index }),
      ),
    );
  expect(found).toEqual(expected);
});

test("while work is graded, a cell that gives points has variables of its own until it ends", async () => {
  const source =
    'import { graded } from "downhill";\nconst near = 1; let other = 2;\nfunction helps() { return near }\nreplace();\n[near, other, helps()]';
  const { code, waits, declares } = await compileCell(source, new Map(), {
    keep: String,
  });
  expect(waits).toBe(true);
  const session = declares.map(({ variable }) => variable).join(",");
  const tools = {
    held: (value: unknown) => value,
    import: async () => ({}),
    export: () => undefined,
    named: (value: unknown) => value,
  };
  const cell = runInNewContext(
    `let ${session}; globalThis.replace = () => { near = 7; other = 7; helps = () => 7 }; globalThis.left = () => [near, other, helps()]; ${code}`,
  );
  expect([...(await cell(tools))]).toEqual([1, 2, 1]);
  expect(code.split("\n")).toHaveLength(source.split("\n").length + 1);
});

test("a cell that gives no points has the session's variables, graded or not", async () => {
  const plain = await compileCell("const near = 1", new Map());
  expect((await compileCell("const near = 1", new Map(), { keep: String })).code).toBe(plain.code);
  const test = 'import { graded } from "downhill"; graded(1, {})';
  expect((await compileCell(test, new Map())).code).not.toMatch(/finally/);
});
