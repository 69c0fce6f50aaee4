import { describe, expect, test } from "vitest";
import { near, tensor } from "../../src/index.ts";

class Line {
  readonly w = 1;
  readonly b = [2, Number.NaN];
  readonly #secret = 3;
  get sum() {
    return this.w + this.#secret;
  }
}

const another = <Value>(list: readonly Value[]) => Object.freeze([...list]);

test.each<[unknown, unknown]>([
  [1, 1 + 1e-9],
  [-0, 0],
  [Number.NaN, Number.NaN],
  [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [10n, 10n],
  ["yes", "yes"],
  [null, null],
  [another([1, [2, 3]]), [1, [2, 3 + 1e-8]]],
  [new Float64Array([1, 2]), [1, 2]],
  [[1, 2], new Float32Array([1, 2])],
  [new BigInt64Array([1n, -2n]), [1n, -2n]],
  [{ shape: [1], toArray: () => [4] }, [4]],
  [tensor([[1, 2]]), [[1, 2]]],
  [[[1, 2]], tensor([[1, 2]])],
  [new Line(), { w: 1, b: [2, Number.NaN] }],
  [Object.freeze({ b: 1, a: 2 }), { a: 2, b: 1 }],
  [
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    new Map([
      ["b", 2 + 1e-9],
      ["a", 1],
    ]),
  ],
  [new Set([1, 2 + 1e-9]), new Set([2, 1])],
  [new RangeError("too far"), { name: "RangeError", message: "too far" }],
  [Array(1e5).fill(1), Array(1e5).fill(1)],
])("%o is near %o", (actual, expected) => {
  expect(near(actual, expected)).toBe(true);
});

test.each<[unknown, unknown]>([
  [1, 1.001],
  [Number.NaN, 1],
  [1, Number.POSITIVE_INFINITY],
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [1n, 1],
  [
    [1, 2, 3],
    [1, 2],
  ],
  ["1", 1],
  [{ valueOf: (): number => 2 }, 2],
  [new Number(2), 2],
  [{}, new Map()],
  [{ a: 1, b: 2 }, { a: 1 }],
  [{ a: undefined }, { b: undefined }],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Set([1, 1 + 1e-9]), new Set([1, 2])],
  [new Map(), new Set()],
  [Promise.resolve(2), 2],
  [Promise.resolve(2), Promise.resolve(2)],
  [() => 2, () => 2],
  [/a/, /b/],
])("%o is not near %o", (actual, expected) => {
  expect(near(actual, expected)).toMatch(/^gives .*, not /);
});

test("what is too long for a table is cut with a count", () => {
  const sentence = near("x".repeat(1e6), 2);
  expect(sentence).toMatch(/^gives x{394}… \(\d+ more characters\)$/);
});

test.each<[unknown, unknown, string]>([
  [undefined, 0, "gives nothing back; is the return missing?"],
  ["0.2", 0.2, "gives 0.2 (a string), not 0.2 (a number)"],
  [6, [6], "gives 6 (a number), not [6] (an array of 1)"],
  [[1, 2.0000001], [1, 2], "gives 2.0000001, not 2 at [1]"],
  [{ w: [2.0000001] }, { w: [2] }, "gives 2.0000001, not 2 at [0] at w"],
  [{ shape: [1], toArray: () => [4.0000001] }, [4], "gives 4.0000001, not 4 at [0]"],
  [Promise.resolve(2), 2, "gives a promise, not 2 (a number)"],
  [
    (function* () {
      yield 2;
    })(),
    [2],
    "gives a generator, not [2] (an array of 1)",
  ],
  [new Map([["a", 1]]), new Map([["a", 2]]), "gives Map [[a, 1]], not Map [[a, 2]]"],
  [
    Array(10).fill(0),
    Array(11).fill(0),
    "gives [0, 0, 0, 0, 0, 0, …] (an array of 10), not [0, 0, 0, 0, 0, 0, …] (an array of 11)",
  ],
])("%o against %o says what one cannot see", (actual, expected, sentence) => {
  expect(near(actual, expected, 1e-9)).toBe(sentence);
});

describe("what is compared", () => {
  test("is read once", () => {
    let reads = 0;
    const value = {
      get size() {
        return ++reads;
      },
    };
    expect(near(value, { size: 1 })).toBe(true);
    expect(reads).toBe(1);
  });

  test("may contain itself, and then agrees with nothing", () => {
    const around: unknown[] = [];
    around.push(around);
    expect(near(around, around)).toMatch(/a value that contains itself/);
  });

  test("may be asked for what it refuses, and then the refusal is the answer", () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(() => near(proxy, [])).toThrow(TypeError);
  });

  test("is data, whatever it calls itself", () => {
    const pretends = { [Symbol.toStringTag]: "Map", forEach: () => 0, size: 1 };
    expect(() => near(pretends, new Map())).toThrow(/incompatible receiver/);
  });
});
