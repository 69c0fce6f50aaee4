import { random } from "../engine/index.ts";
import { knownOptions } from "../options.ts";
import { from, originOf } from "./origin.ts";
import { rowsOf, samplesOf, type Table } from "./Table.ts";

export interface SplitOptions {
  /** The share that is kept back for the test, above 0 and below 1. Default 0.25. */
  readonly test?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Keeps the share of each class in both parts. Default false. */
  readonly stratified?: boolean;
  /** Lets samples pass that a scaler has been fitted to as a whole, to see what that does. Default false. */
  readonly allowLeak?: boolean;
}

/**
 * Parts a table by chance into what is trained on and what is kept back.
 * Whatever is learned from data, a scaler's mean as well, must be learned from the training part.
 *
 * @throws RangeError when one part would be empty, or a scaler has learned from all samples already
 *
 * @example
 * datasets.split(datasets.moons({ samples: 40 })).test.y.shape   // → [10]
 */
export function split(
  table: Table,
  options: SplitOptions = {},
): { readonly train: Table; readonly test: Table } {
  const { test = 0.25, seed = 1, stratified = false, allowLeak = false } = options;
  knownOptions("split", options, ["test", "seed", "stratified", "allowLeak"]);
  const samples = samplesOf("split", table);
  if (
    !(
      test > 0 &&
      test < 1 &&
      Math.round(test * samples) > 0 &&
      Math.round(test * samples) < samples
    )
  )
    throw new RangeError(
      `split needs samples in both parts, but test is ${test} of ${samples} samples.\nHint: 0.25 keeps a quarter back.`,
    );
  if (originOf(table.x).scaledByItself && !allowLeak)
    throw new RangeError(
      "split got samples that a scaler has learned from as a whole, those to be kept back included.\nHint: split first, then fit the scaler to train.x and apply it to both; { allowLeak: true } shows what a leak does.",
    );
  const order = random(seed).permutation(samples);
  const groups = stratified ? byClass(order, table.y.data) : [order];
  const kept = new Set(groups.flatMap((group) => group.slice(0, Math.round(test * group.length))));
  const part = (keptBack: boolean): Table => {
    const { x, ...others } = rowsOf(
      table,
      order.filter((i) => kept.has(i) === keptBack),
    );
    return { x: from(x, { splitFrom: table.x, keptBack }), ...others };
  };
  return { train: part(false), test: part(true) };
}

function byClass(order: readonly number[], classes: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (const i of order) groups.set(classes[i]!, [...(groups.get(classes[i]!) ?? []), i]);
  return [...groups.values()];
}
