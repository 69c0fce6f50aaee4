import { tallies } from "./confusionMatrix.ts";
import { mean, type Numbers } from "./numbers.ts";

/**
 * Balanced accuracy: the recall of each true class, averaged.
 * Always naming the same of k classes gives 1/k, however rare the others are.
 *
 * @example
 * metrics.balancedAccuracy([0, 0, 0, 0], [0, 0, 0, 1])   // → 0.5
 */
export function balancedAccuracy(prediction: Numbers, target: Numbers): number {
  const present = tallies("balancedAccuracy", prediction, target).filter(
    ({ hits, misses }) => hits + misses > 0,
  );
  return mean(present.map(({ hits, misses }) => hits / (hits + misses)));
}
