import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { columnsFrom } from "../../src/losses/columns.ts";
import { expInColumns, logInColumns } from "../../src/losses/swiftPowers.ts";
import { exp, log, minus, rounded, type Twice } from "../../src/losses/twice.ts";

type Row = readonly [number, number, number];
const { pairs } = JSON.parse(readFileSync("test/fixtures/mpmath.json", "utf8")) as {
  readonly pairs: { readonly exp: readonly Row[]; readonly log: readonly Row[] };
};

/** How many bits of ours are right. */
const bits = (ours: Twice, exact: Twice) =>
  -Math.log2(Math.max(Math.abs(rounded(minus(ours, exact)) / exact[0]), 2 ** -80));

const inColumns =
  (write: typeof expInColumns) =>
  (numbers: readonly number[], low = 0): Twice[] => {
    const columns = columnsFrom(numbers);
    columns.low.fill(low);
    write(columns);
    return numbers.map((_, i) => [columns.high[i]!, columns.low[i]!]);
  };
const [powers, logarithms] = [inColumns(expInColumns), inColumns(logInColumns)];

describe("powers and logarithms of many numbers", () => {
  test("have 64 bits or more, as mpmath says", () => {
    for (const [ours, rows] of [
      [powers, pairs.exp],
      [logarithms, pairs.log],
    ] as const)
      ours(rows.map(([x]) => x)).forEach((pair, i) => {
        expect(bits(pair, [rows[i]![1], rows[i]![2]])).toBeGreaterThan(64);
      });
  });

  test("have them on both sides of every step of their tables", () => {
    const steps = Array.from({ length: 257 }, (_, j) => j);
    const exponents = steps.flatMap((j) =>
      [-1, 0, 1].map((side) => ((j - 128.5) * Math.LN2) / 128 + side * 1e-15),
    );
    powers(exponents).forEach((pair, i) => {
      expect(bits(pair, exp([exponents[i]!, 0]))).toBeGreaterThan(64);
    });
    const numbers = steps.flatMap((j) => [0.5, 1, 3].map((size) => size * (1 + j / 128 - 2e-16)));
    const others = numbers.filter((x) => x !== 1);
    logarithms(others).forEach((pair, i) => {
      expect(bits(pair, log([others[i]!, 0]))).toBeGreaterThan(64);
    });
    expect(logarithms([1])).toEqual([[0, 0]]);
  });

  test("count what the low column adds", () => {
    const [x, low] = [2.5, 1e-16];
    expect(bits(powers([x], low)[0]!, exp([x, low]))).toBeGreaterThan(64);
    expect(bits(logarithms([x], low)[0]!, log([x, low]))).toBeGreaterThan(64);
  });

  test("are right where the table does not reach", () => {
    const ends = powers([710, -746, -740, Number.NEGATIVE_INFINITY]).map(rounded);
    expect(ends).toEqual([Infinity, 0, Math.exp(-740), 0]);
    expect(logarithms([0, Infinity, 5e-324]).map(rounded)).toEqual([
      -Infinity,
      Infinity,
      Math.log(5e-324),
    ]);
  });
});
