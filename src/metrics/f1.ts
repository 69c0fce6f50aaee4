import { type AverageOptions, averaged } from "./averaged.ts";
import type { Numbers } from "./numbers.ts";

/**
 * F1: the harmonic mean of precision and recall, 2·hits / (2·hits + alarms + misses).
 * It does not count what was rightly left alone. As a function of scores it is flat almost
 * everywhere, so it cannot be trained on; `softF1` can.
 *
 * @example
 * metrics.f1([1, 1, 0, 0], [1, 0, 1, 0])   // → 0.5
 */
export function f1(prediction: Numbers, target: Numbers, options: AverageOptions = {}): number {
  return averaged("f1", prediction, target, options, ({ hits, alarms, misses }) => [
    2 * hits,
    2 * hits + alarms + misses,
  ]);
}
