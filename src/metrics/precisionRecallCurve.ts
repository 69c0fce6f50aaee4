import { type Numbers, scoresOf, sum } from "./numbers.ts";
import { cuts, needsBoth } from "./ranking.ts";

/** One point for each threshold, from the highest score down. */
export interface PrecisionRecallCurve {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  /** Positive is who scores at least so much. */
  readonly thresholds: readonly number[];
}

/**
 * Precision against recall, for every threshold from the highest score down.
 * (scikit-learn gives the same points in the other order and adds precision 1 at recall 0.)
 *
 * @throws RangeError when a target is neither 0 nor 1, or all are the same
 *
 * @example
 * metrics.precisionRecallCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).recall   // → [0.5, 0.5, 1, 1]
 */
export function precisionRecallCurve(score: Numbers, target: Numbers): PrecisionRecallCurve {
  const { scores, wanted, positives, negatives } = scoresOf("precisionRecallCurve", score, target);
  needsBoth("precisionRecallCurve", positives, negatives);
  const all = cuts(scores, wanted);
  return {
    precision: all.map(({ hits, alarms }) => hits / (hits + alarms)),
    recall: all.map(({ hits }) => hits / positives),
    thresholds: all.map(({ threshold }) => threshold),
  };
}

/**
 * Average precision: the precision at each threshold, weighted by how much recall it adds.
 * Guessing gives the share of positives, so it shows what the area under the ROC curve hides when they
 * are rare.
 *
 * @throws RangeError when a target is neither 0 nor 1, or all are the same (scikit-learn gives 1 and 0 then)
 *
 * @example
 * metrics.averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])   // → 0.833333333333
 */
export function averagePrecision(score: Numbers, target: Numbers): number {
  const { scores, wanted, positives, negatives } = scoresOf("averagePrecision", score, target);
  needsBoth("averagePrecision", positives, negatives);
  const all = cuts(scores, wanted);
  const gains = all.map(
    ({ hits, alarms }, i) => (hits / (hits + alarms)) * (hits - (all[i - 1]?.hits ?? 0)),
  );
  return sum(gains) / positives;
}
