import { type Numbers, scoresOf } from "./numbers.ts";
import { cuts, needsBoth } from "./ranking.ts";

/** One point for each threshold, from "nobody is positive" to "everybody is". */
export interface RocCurve {
  readonly falsePositiveRate: readonly number[];
  readonly truePositiveRate: readonly number[];
  /** Positive is who scores at least so much; the first is Infinity. */
  readonly thresholds: readonly number[];
}

/**
 * ROC curve: the share of positives found against the share of false alarms, for every threshold.
 * All points are kept (scikit-learn leaves those on straight stretches out unless told otherwise).
 *
 * @throws RangeError when a target is neither 0 nor 1, or all are the same
 *
 * @example
 * metrics.rocCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).truePositiveRate   // → [0, 0.5, 0.5, 1, 1]
 */
export function rocCurve(score: Numbers, target: Numbers): RocCurve {
  const { scores, wanted, positives, negatives } = scoresOf("rocCurve", score, target);
  needsBoth("rocCurve", positives, negatives);
  const all = [{ threshold: Infinity, hits: 0, alarms: 0 }, ...cuts(scores, wanted)];
  return {
    falsePositiveRate: all.map(({ alarms }) => alarms / negatives),
    truePositiveRate: all.map(({ hits }) => hits / positives),
    thresholds: all.map(({ threshold }) => threshold),
  };
}

/**
 * Area under the ROC curve: how often a positive scores higher than a negative, ties counting half.
 * It depends on the ranking alone, and looks fine where positives are rare and most alarms false:
 * see `averagePrecision` there.
 *
 * @throws RangeError when a target is neither 0 nor 1, or all are the same
 *
 * @example
 * metrics.rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])   // → 0.75
 */
export function rocAuc(score: Numbers, target: Numbers): number {
  const { scores, wanted, positives, negatives } = scoresOf("rocAuc", score, target);
  needsBoth("rocAuc", positives, negatives);
  // Twice the pairs that are in order, in whole numbers: nothing is rounded before the division.
  let [pairs, before] = [0, { hits: 0, alarms: 0 }];
  for (const cut of cuts(scores, wanted)) {
    pairs += (cut.alarms - before.alarms) * (cut.hits + before.hits);
    before = cut;
  }
  return pairs / (2 * positives * negatives);
}
