import { ShapeError, Tensor, tensor } from "../engine/index.ts";
import { knownOptions, notNegative } from "../options.ts";

/** Samples in rows: what is known of each, and what is to be predicted. */
export interface Table {
  /** Shape [samples, features]. */
  readonly x: Tensor;
  /** Shape [samples]: a number to predict, or the number of a class. */
  readonly y: Tensor;
  /** Shape [samples]: what each sample counts. Default 1 for all. */
  readonly weights?: Tensor;
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
export function rowsOf({ x, y, weights }: Table, picked: readonly number[]): Table {
  const counts = weights && { weights: weights.gather(picked) };
  return { x: x.gather(picked), y: y.gather(picked), ...counts };
}

/** How many samples a table has: as many targets as rows. */
export function samplesOf(name: string, { x, y, weights }: Table): number {
  if (!(x instanceof Tensor && y instanceof Tensor))
    throw new TypeError(
      `${name} needs a table of two tensors, but x is ${kindOf(x)} and y is ${kindOf(y)}.\nHint: ${name}({ x: tensor(rows), y: tensor(targets) }).`,
    );
  if (weights !== undefined && !(weights instanceof Tensor && weights.shape[0] === x.shape[0]))
    throw new TypeError(
      `${name} needs a tensor of one weight for each sample, but weights is ${kindOf(weights)} for ${x.shape[0]} rows.\nHint: weights: tensor(list), or leave them out.`,
    );
  if (x.shape[0] === y.shape[0]) return y.size;
  throw new ShapeError(
    `${name} needs one target for each sample, but x has shape [${x.shape}] and y [${y.shape}]: ${x.shape[0]} against ${y.shape[0]} rows.\nHint: samples stand in rows, x [samples, features] and y [samples].`,
  );
}

const kindOf = (value: unknown): string => {
  if (value instanceof Tensor) return "a tensor";
  return Array.isArray(value) ? "an array" : typeof value;
};

/** Checks the options that every made data set has, and that there are no others than these and its own. */
export function madeOptions(name: string, options: MadeOptions, own: readonly string[] = []): void {
  knownOptions(name, options, ["samples", "noise", "seed", ...own]);
  if (options.noise !== undefined) notNegative("noise", options.noise);
}

/** Checks how many samples were asked for. */
export function enough(samples: number, least = 1): void {
  if (Number.isInteger(samples) && samples >= least) return;
  throw new RangeError(
    `samples must be a whole number of at least ${least}, but it is ${samples}.\nHint: 200 show a pattern and train in a moment.`,
  );
}
