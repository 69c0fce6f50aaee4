import { type Tensor, tensor } from "../engine/index.ts";

/** Samples in rows: what is known of each, and what is to be predicted. */
export interface Table {
  /** Shape [samples, features]. */
  readonly x: Tensor;
  /** Shape [samples]: a number to predict, or the number of a class. */
  readonly y: Tensor;
}

/** What every made data set can be asked for. */
export interface MadeOptions {
  /** How many samples. Default 200. */
  readonly samples?: number;
  /** Standard deviation of the noise. */
  readonly noise?: number;
  /** The same seed gives the same data, on every machine. Default 1. */
  readonly seed?: number;
}

/** A table from rows of features and their targets. */
export function tableOf(rows: readonly (readonly number[])[], targets: readonly number[]): Table {
  return { x: tensor(rows), y: tensor(targets) };
}

/** The rows of a table with these numbers, in this order. */
export function rowsOf({ x, y }: Table, picked: readonly number[]): Table {
  return { x: x.gather(picked), y: y.gather(picked) };
}

/** Checks how many samples were asked for. */
export function enough(samples: number, least = 1): void {
  if (Number.isInteger(samples) && samples >= least) return;
  throw new RangeError(
    `samples must be a whole number of at least ${least}, but it is ${samples}.\nHint: 200 show a pattern and train in a moment.`,
  );
}
