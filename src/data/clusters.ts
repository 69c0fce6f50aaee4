import { random } from "../engine/index.ts";
import { enough, type MadeOptions, madeOptions, type Table, tableOf } from "./Table.ts";

export interface ClustersOptions extends MadeOptions {
  /** The middle of each cluster. Default (−2, 0) and (2, 0). */
  readonly centres?: readonly (readonly number[])[];
  /** The share of the samples in each cluster. Default the same for all. */
  readonly shares?: readonly number[];
}

/**
 * Round clouds of points, one class each, in random order.
 * With unequal shares it is the imbalanced case: `shares: [0.95, 0.05]`.
 *
 * @throws RangeError when shares are not one for each centre
 *
 * @example
 * datasets.clusters({ samples: 100, shares: [0.95, 0.05] }).y.sum()   // → 5
 */
export function clusters(options: ClustersOptions = {}): Table {
  const { samples = 200, noise = 1, seed = 1 } = options;
  const {
    centres = [
      [-2, 0],
      [2, 0],
    ],
    shares = centres.map(() => 1 / centres.length),
  } = options;
  madeOptions("clusters", options, ["centres", "shares"]);
  enough(samples, centres.length);
  if (shares.length !== centres.length || !shares.every((share) => share >= 0))
    throw new RangeError(
      `clusters needs one share of at least 0 for each of the ${centres.length} centres, but got [${shares.join(", ")}].\nHint: [0.95, 0.05] makes the second class rare.`,
    );
  const source = random(seed);
  const classes = source.permutation(samples).map((place) => classAt(place, samples, shares));
  const rows = classes.map((label) => {
    const centre = centres[label]!;
    const off = source.normal([centre.length], 0, noise).data;
    return centre.map((middle, axis) => middle + off[axis]!);
  });
  return tableOf(rows, classes);
}

/** Which class the sample at this place belongs to, when classes stand one after the other. */
function classAt(place: number, samples: number, shares: readonly number[]): number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let end = 0;
  const found = shares.findIndex((share) => {
    end += share / total;
    return place < Math.round(end * samples);
  });
  return found < 0 ? shares.length - 1 : found;
}
