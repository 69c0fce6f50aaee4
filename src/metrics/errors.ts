import { mean, type Numbers, pairsOf } from "./numbers.ts";

const distances = (metric: string, prediction: Numbers, target: Numbers): number[] => {
  const { predicted, wanted } = pairsOf(metric, prediction, target);
  return wanted.map((y, i) => Math.abs(predicted[i]! - y));
};

/**
 * Mean absolute error, in the units of the target.
 *
 * @example
 * metrics.mae([2, 4], [1, 1])   // → 2
 */
export const mae = (prediction: Numbers, target: Numbers): number =>
  mean(distances("mae", prediction, target));

/**
 * Mean squared error, in squared units.
 *
 * @example
 * metrics.mse([2, 4], [1, 1])   // → 5
 */
export const mse = (prediction: Numbers, target: Numbers): number =>
  mean(distances("mse", prediction, target).map((distance) => distance ** 2));

/**
 * Root mean squared error, in the units of the target again. A few large errors dominate it.
 *
 * @example
 * metrics.rmse([2, 4], [1, 1])   // → 2.23606797750
 */
export const rmse = (prediction: Numbers, target: Numbers): number =>
  Math.sqrt(mean(distances("rmse", prediction, target).map((distance) => distance ** 2)));

/**
 * Median absolute error: half of the predictions are nearer than this, whatever the worst ones do.
 *
 * @example
 * metrics.medianAbsoluteError([2, 4, 100], [1, 1, 1])   // → 3
 */
export function medianAbsoluteError(prediction: Numbers, target: Numbers): number {
  const rising = distances("medianAbsoluteError", prediction, target).sort((a, b) => a - b);
  const half = rising.length / 2;
  return (rising[Math.ceil(half) - 1]! + rising[Math.floor(half)]!) / 2;
}
