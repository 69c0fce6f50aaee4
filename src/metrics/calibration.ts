import { knownOptions } from "../options.ts";
import { mean, type Numbers, probabilitiesFit, scoresOf } from "./numbers.ts";

/** For each bin that holds any: what was predicted there, and what came true. */
export interface Calibration {
  /** The mean probability predicted. */
  readonly predicted: readonly number[];
  /** The share that came true. */
  readonly observed: readonly number[];
  readonly counts: readonly number[];
  /** The mean distance of both, weighted by the counts (ECE). */
  readonly error: number;
}

/**
 * Calibration: whether what is said to be 70 % likely comes true 70 % of the time, in bins of equal width.
 *
 * @param options.bins how many. Default 5, as in scikit-learn
 * @throws RangeError when a prediction is outside 0 … 1 or a target neither 0 nor 1
 *
 * @example
 * metrics.calibration([0.1, 0.15, 0.9], [0, 1, 1]).observed   // → [0.5, 1]
 */
export function calibration(
  probability: Numbers,
  target: Numbers,
  options: { readonly bins?: number } = {},
): Calibration {
  const { bins = 5 } = options;
  knownOptions("calibration", options, ["bins"]);
  const { scores, wanted } = scoresOf("calibration", probability, target);
  probabilitiesFit("calibration", scores);
  if (!(Number.isInteger(bins) && bins > 0))
    throw new RangeError(
      `bins must be a whole number above 0, but it is ${bins}.\nHint: 5 or 10 are usual.`,
    );
  const members = Array.from({ length: bins }, (): number[] => []);
  scores.forEach((p, i) => {
    members[binOf(p, bins)]!.push(i);
  });
  const filled = members.filter((samples) => samples.length > 0);
  const predicted = filled.map((samples) => mean(samples.map((i) => scores[i]!)));
  const observed = filled.map((samples) => mean(samples.map((i) => wanted[i]!)));
  const counts = filled.map((samples) => samples.length);
  const gaps = counts.map((count, b) => count * Math.abs(predicted[b]! - observed[b]!));
  return { predicted, observed, counts, error: gaps.reduce((a, b) => a + b, 0) / scores.length };
}

/** The bin whose right end is the first at or above p: an edge belongs to the bin on its left. */
function binOf(p: number, bins: number): number {
  let bin = 0;
  while (bin < bins - 1 && p > (bin + 1) / bins) bin++;
  return bin;
}
