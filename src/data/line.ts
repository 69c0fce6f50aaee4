import { random } from "../engine/index.ts";
import { enough, type MadeOptions, madeOptions, type Table, tableOf } from "./Table.ts";

export interface LineOptions extends MadeOptions {
  /** Default 2. */
  readonly slope?: number;
  /** Default 1. */
  readonly intercept?: number;
  /** Default [0, 10]. */
  readonly range?: readonly [number, number];
  /** How many samples at the end are thrown far off, by 10 times the range of y. Default 0. */
  readonly outliers?: number;
}

/**
 * Points on a line, with noise in y and, if asked for, a few gross errors.
 * The outliers are the last rows, so that they can be left out to compare.
 *
 * @throws RangeError when there are to be more outliers than samples
 *
 * @example
 * datasets.line({ samples: 3, noise: 0 }).y   // → datasets.line({ samples: 3, noise: 0 }).x.reshape([3]).mul(2).add(1)
 */
export function line(options: LineOptions = {}): Table {
  const { samples = 50, noise = 1, seed = 1, slope = 2, intercept = 1 } = options;
  const { range = [0, 10], outliers = 0 } = options;
  madeOptions("line", options, ["slope", "intercept", "range", "outliers"]);
  enough(samples, 2);
  if (!(Number.isInteger(outliers) && outliers >= 0 && outliers <= samples))
    throw new RangeError(
      `outliers must be a whole number from 0 to ${samples}, the samples there are, but it is ${outliers}.\nHint: one in ten is enough to mislead least squares.`,
    );
  const source = random(seed);
  const throwBy = 10 * Math.abs(slope) * (range[1] - range[0]);
  const x = Array.from({ length: samples }, () => range[0] + (range[1] - range[0]) * source.next());
  const off = source.normal([samples], 0, noise).data;
  const y = x.map((each, i) => {
    const thrown = i >= samples - outliers ? throwBy : 0;
    return slope * each + intercept + off[i]! + thrown;
  });
  return tableOf(
    x.map((each) => [each]),
    y,
  );
}
