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

/** Where columns lie while one block is computed; each block begins anew in the same place. */
let workspace: { readonly numbers: Float64Array; used: number } | undefined;

/** So many zeros, which last as long as the block that is being computed. */
export function columnsOf(length: number): Columns {
  return { high: zeros(length), low: zeros(length) };
}

function zeros(length: number): Float64Array {
  if (workspace === undefined || workspace.used + length > workspace.numbers.length)
    return new Float64Array(length);
  const { numbers, used } = workspace;
  workspace.used += length;
  return numbers.subarray(used, used + length).fill(0);
}

export function columnsFrom(numbers: ArrayLike<number>): Columns {
  const columns = columnsOf(numbers.length);
  columns.high.set(numbers);
  return columns;
}

/** Other columns with the same numbers. */
export function copyOf({ high, low }: Columns): Columns {
  const copy = columnsOf(high.length);
  copy.high.set(high);
  copy.low.set(low);
  return copy;
}

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

/**
 * Some rows at a time, so that the columns in between stay in the cache; and always in the same place, since
 * making them takes longer than computing on them.
 */
export function inBlocks(
  result: Values,
  inputs: readonly Values[],
  width: number,
  compute: (result: Values, inputs: readonly Values[]) => void,
): void {
  const count = inputs[0]!.length / width;
  const step = Math.min(count, Math.ceil(4096 / width));
  const own = { numbers: new Float64Array(16 * step * width), used: 0 };
  for (let row = 0; row < count; row += step) {
    const part = (all: Values) =>
      all.subarray((row * all.length) / count, ((row + step) * all.length) / count);
    own.used = 0;
    workspace = own;
    try {
      compute(part(result), inputs.map(part));
    } finally {
      workspace = undefined;
    }
  }
}
