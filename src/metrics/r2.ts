import { mean, type Numbers, pairsOf, sum } from "./numbers.ts";

/**
 * R²: the share of the targets' spread that the predictions explain.
 * 0 is no better than always saying the mean, and below 0 is worse: there is no lower end.
 *
 * @throws RangeError when all targets are the same, so that there is no spread to explain
 * (scikit-learn gives 1 if all predictions are right, else 0)
 *
 * @example
 * metrics.r2([2.5, 0, 2, 8], [3, -0.5, 2, 7])   // → 0.948608137045
 * metrics.r2([3, 3, 3], [1, 2, 3])              // → -1.5
 */
export function r2(prediction: Numbers, target: Numbers): number {
  const { predicted, wanted } = pairsOf("r2", prediction, target);
  const middle = mean(wanted);
  const spread = sum(wanted.map((y) => (y - middle) ** 2));
  if (spread > 0) return 1 - sum(wanted.map((y, i) => (y - predicted[i]!) ** 2)) / spread;
  throw new RangeError(
    `r2 needs targets that differ, but all ${wanted.length} are ${wanted[0]}.\nHint: rmse says how far off the predictions are.`,
  );
}
