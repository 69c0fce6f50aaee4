import { type AverageOptions, averaged } from "./averaged.ts";
import type { Numbers } from "./numbers.ts";

/**
 * Recall (sensitivity): of those that are positive, the share named so.
 *
 * @example
 * metrics.recall([1, 0, 0, 0], [1, 0, 1, 1])   // → 0.333333333333
 */
export function recall(prediction: Numbers, target: Numbers, options: AverageOptions = {}): number {
  return averaged("recall", prediction, target, options, ({ hits, misses }) => [
    hits,
    hits + misses,
  ]);
}
