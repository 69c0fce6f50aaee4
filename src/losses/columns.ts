import type { Values } from "../engine/index.ts";
import { lostByProduct, lostBySum } from "./twice.ts";

/**
 * Many numbers in two doubles each, the high ones in one column and the low ones in another: what `Twice` is for
 * one number, without making an array for each.
 */
export interface Columns {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export const columnsOf = (length: number): Columns => ({
  high: new Float64Array(length),
  low: new Float64Array(length),
});

export const columnsFrom = (numbers: ArrayLike<number>): Columns => ({
  high: new Float64Array(numbers),
  low: new Float64Array(numbers.length),
});

/** Other columns with the same numbers. */
export const copyOf = ({ high, low }: Columns): Columns => ({
  high: high.slice(),
  low: low.slice(),
});

/** The products of numbers, which a double cannot hold. */
export function productsOf(left: ArrayLike<number>, right: ArrayLike<number>): Columns {
  const columns = columnsOf(left.length);
  for (let i = 0; i < left.length; i++) {
    const product = left[i]! * right[i]!;
    columns.high[i] = product;
    columns.low[i] = lostByProduct(left[i]!, right[i]!, product);
  }
  return columns;
}

/** Multiplies columns by plain numbers, in place. */
export function multiply({ high, low }: Columns, by: ArrayLike<number>): void {
  for (let i = 0; i < high.length; i++) {
    const product = high[i]! * by[i]!;
    low[i] = lostByProduct(high[i]!, by[i]!, product) + low[i]! * by[i]!;
    high[i] = product;
  }
}

/** Turns the sign of columns, in place. */
export function negative(columns: Columns): Columns {
  const { high, low } = columns;
  for (let i = 0; i < high.length; i++) {
    high[i] = -high[i]!;
    low[i] = -low[i]!;
  }
  return columns;
}

/**
 * Writes for each number the sum of its terms, which have 64 bits each. That sum has the digits of a double
 * unless more than ten bits of the terms cancel: there `exactly` says what it is.
 */
export function addUp(
  result: Values,
  terms: readonly Columns[],
  exactly: (i: number) => number,
): void {
  for (let i = 0; i < result.length; i++) {
    let high = 0;
    let low = 0;
    let size = 0;
    for (const term of terms) {
      const next = term.high[i]!;
      const sum = high + next;
      low += lostBySum(high, next, sum) + term.low[i]!;
      high = sum;
      size += Math.abs(next);
    }
    const value = high + low;
    result[i] = isSure(value, size) ? value : exactly(i);
  }
}

/** Whether a sum of terms of this size has kept the digits of a double. Not where it is NaN. */
export const isSure = (sum: number, size: number): boolean => Math.abs(sum) >= size / 1024;

/** Some rows at a time, so that the columns in between stay in the cache. */
export function inBlocks(
  result: Values,
  inputs: readonly Values[],
  width: number,
  compute: (result: Values, inputs: readonly Values[]) => void,
): void {
  const count = inputs[0]!.length / width;
  const step = Math.ceil(4096 / width);
  for (let row = 0; row < count; row += step) {
    const part = (all: Values) =>
      all.subarray((row * all.length) / count, ((row + step) * all.length) / count);
    compute(part(result), inputs.map(part));
  }
}
