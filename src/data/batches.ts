import { random } from "../engine/index.ts";
import { knownOptions } from "../options.ts";
import { rowsOf, samplesOf, type Table } from "./Table.ts";

export interface BatchesOptions {
  /** How many samples in each; the last may hold fewer. Default 32. */
  readonly size?: number;
  /** Shuffles the samples first. Default true: data sorted by class would teach one class at a time. */
  readonly shuffle?: boolean;
  /** Take another for each epoch, such as its number. Default 1. */
  readonly seed?: number;
}

/**
 * One epoch in batches: every sample exactly once.
 *
 * @throws RangeError when size is not a whole number above 0
 *
 * @example
 * datasets.batches(datasets.moons({ samples: 70 })).map((batch) => batch.y.size)   // → [32, 32, 6]
 */
export function batches(table: Table, options: BatchesOptions = {}): Table[] {
  const { size = 32, shuffle = true, seed = 1 } = options;
  knownOptions("batches", options, ["size", "shuffle", "seed"]);
  if (!(Number.isInteger(size) && size > 0))
    throw new RangeError(
      `size must be a whole number above 0, but it is ${size}.\nHint: 32 is usual; the number of samples makes one batch of all.`,
    );
  const samples = samplesOf("batches", table);
  const order = shuffle
    ? random(seed).permutation(samples)
    : Array.from({ length: samples }, (_, i) => i);
  return Array.from({ length: Math.ceil(samples / size) }, (_, b) =>
    rowsOf(table, order.slice(b * size, (b + 1) * size)),
  );
}
