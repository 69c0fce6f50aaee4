import { expect, test } from "vitest";
import { copy } from "../../src/lesson/copy.ts";

test("a copy of data is that data, and shares nothing with it", () => {
  const data = { a: [1, { b: new Float64Array([2]) }], m: new Map([[1, [2]]]), s: new Set(["x"]) };
  const same = copy(data);
  expect(same).toEqual(data);
  expect(same.a[1]).not.toBe(data.a[1]);
  expect(same.m.get(1)).not.toBe(data.m.get(1));
});

test("a copy of a copy is the same, also of what is no data", () => {
  const odd = {
    promise: Promise.resolve(),
    generate: (function* () {})(),
    f: () => 1,
    d: new Date(0),
  };
  const once = copy<unknown>(odd);
  expect(once).toEqual({
    promise: { "is no data": "a promise" },
    generate: { "is no data": "a generator" },
    f: { "is no data": "a function" },
    d: { "is no data": "a date" },
  });
  expect(copy(once)).toEqual(once);
});

test("a copy can be cloned to another process", () => {
  class Answer extends Array<unknown> {
    answer = () => 42;
  }
  const given: unknown[] = Answer.of<unknown>(
    new Proxy({ a: 1 }, {}),
    Symbol.iterator,
    new Error("no"),
    new WeakMap(),
  );
  const sent = structuredClone(copy(given));
  expect(sent).toEqual([
    { a: 1 },
    { "is no data": "a symbol" },
    { name: "Error", message: "no" },
    { "is no data": "a WeakMap" },
  ]);
});

test("a name that means a prototype elsewhere is a name", () => {
  const record = JSON.parse('{ "__proto__": { "polluted": 1 } }');
  expect(Object.keys(copy(record))).toEqual(["__proto__"]);
  expect("polluted" in copy(record)).toBe(false);
});
