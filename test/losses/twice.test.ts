import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  careful,
  exactProduct,
  exactSum,
  exp,
  log,
  minus,
  over,
  plus,
  root,
  rounded,
  type Twice,
  times,
} from "../../src/losses/twice.ts";

type Row = readonly [number, number, number];
const { pairs } = JSON.parse(readFileSync("test/fixtures/mpmath.json", "utf8")) as {
  readonly pairs: { readonly exp: readonly Row[]; readonly log: readonly Row[] };
};

/** How far a pair is from another, relative to it. */
const off = (ours: Twice, exact: Twice) => Math.abs(rounded(minus(ours, exact)) / exact[0]);

describe("numbers in two doubles", () => {
  test("sums and products keep what one double rounds off", () => {
    expect(exactSum(1, 1e-30)).toEqual([1, 1e-30]);
    expect(exactSum(1e16, 1)).toEqual([1e16, 1]);
    expect(exactProduct(1 + 2 ** -30, 1 + 2 ** -30)).toEqual([1 + 2 ** -29, 2 ** -60]);
    expect(rounded(minus(plus([1, 0], [1e-25, 0]), [1, 0]))).toBe(1e-25);
  });

  test("a product too large to be taken apart is rounded as usual", () => {
    expect(exactProduct(1e300, 10)).toEqual([1e301, 0]);
    expect(exactProduct(1e300, 1e300)[0]).toBe(Infinity);
  });

  test("quotients and roots, multiplied back, are what they came from to 30 digits", () => {
    for (const [a, b] of [
      [1, 3],
      [2, 7e-5],
      [-5e20, 1.1],
    ] as const) {
      expect(off(times(over([a, 0], [b, 0]), [b, 0]), [a, 0])).toBeLessThan(1e-30);
      const side = root([Math.abs(a), 0]);
      expect(off(times(side, side), [Math.abs(a), 0])).toBeLessThan(1e-30);
    }
    expect(root([0, 0])).toEqual([0, 0]);
  });

  test.each(pairs.exp)("e^%d has 31 digits", (x, high, low) => {
    expect(off(exp([x, 0]), [high, low])).toBeLessThan(1e-31);
  });

  test("powers too large or too small are Infinity and 0", () => {
    expect(rounded(exp([710, 0]))).toBe(Infinity);
    expect(rounded(exp([-746, 0]))).toBe(0);
  });

  test.each(pairs.log)("log %d has 30 digits", (x, high, low) => {
    expect(off(log([x, 0]), [high, low])).toBeLessThan(1e-30);
  });

  test("logarithms of 0 and Infinity are infinite, and numbers below 0 have none", () => {
    expect(rounded(log([0, 0]))).toBe(-Infinity);
    expect(rounded(log([Infinity, 0]))).toBe(Infinity);
    expect(rounded(log([-1, 0]))).toBe(Number.NaN);
  });
});

test("a result is computed again only where its terms cancelled", () => {
  expect(careful(3, 4, () => [7, 0])).toBe(3);
  expect(careful(2.9, 4, () => [7, 0])).toBe(7);
  expect(careful(Infinity, Infinity, () => [7, 0])).toBe(Infinity);
  expect(careful(Number.NaN, 1, () => [7, 0])).toBe(Number.NaN);
});
