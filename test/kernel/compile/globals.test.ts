import { beforeAll, expect, test } from "vitest";
import {
  contradict,
  globalsOf,
  loadNativeParser,
  withoutGlobals,
} from "../../../kernel/compile/index.ts";

beforeAll(loadNativeParser);

test.each([
  [
    "var a: number; let b: 1, c: 2; export const d: 4",
    ["a", "b", "c", "d"].map((n) => `value ${n}`),
  ],
  ["function f(): void; function f(a: 1): void", ["value f", "value f"]],
  ["type T = 1", ["type T"]],
  ["class C { x: 1 }", ["value C", "type C"]],
  ["enum E { A }", ["value E", "type E"]],
  [
    "interface Array<T> { own?: T; 'its own'(): T; [0]: T; (): T; [k: number]: T }",
    ["type Array.own", "type Array.its own"],
  ],
  [
    "namespace NodeJS { interface Process { a: 1 } export const b: 1 }",
    ["type NodeJS.Process.a", "value NodeJS.b"],
  ],
  ["namespace A.B { type T = 1 }", ["type A.B.T"]],
  ["export {}", []],
])("declare global { %s } declares %j", (body, names) => {
  expect(globalsOf(`export const beside = 1;\ndeclare global { ${body} }`)).toEqual(names);
});

test("a namespace of its own is none of the whole program", () => {
  expect(globalsOf("namespace here { type T = 1; var a: T }\nlet global = 1")).toEqual([]);
});

test.each([
  ["type X", "type X", true],
  ["type X.a", "type X", true],
  ["type X", "type X.a", true],
  ["type X.a", "type X.b", false],
  ["type X", "value X", false],
  ["type X", "type Xa", false],
])("%s and %s contradict each other: %s", (one, other, expected) => {
  expect(contradict([one], [other])).toBe(expected);
  expect(contradict([], [other])).toBe(false);
});

test.each([
  ["var a: 1; var b: 2", ["value a"], "          var b: 2"],
  ["var a: 1, b: 2, c: 3", ["value b"], "var a: 1,       c: 3"],
  ["var a: 1, b: 2, c: 3", ["value a", "value b"], "var             c: 3"],
  ["var a: 1, b: 2, c: 3", ["value b", "value c"], "var a: 1            "],
  ["var a: 1, b: 2", ["value a", "value b"], "              "],
  ["interface A { x: 1; y: 2 }", ["type A.x"], "interface A {       y: 2 }"],
  ["interface A { x: 1; y: 2 }", ["type A"], "interface A {            }"],
  ["type A =\n  1", ["type A.x"], "        \n   "],
])("%j without %j is %j", (body, gone, left) => {
  const cell = (text: string) => `let a = 1; declare global { ${text} }`;
  expect(withoutGlobals(cell(body), gone)).toBe(cell(left));
});
