import { type AverageOptions, averaged } from "./averaged.ts";
import type { Numbers } from "./numbers.ts";

/**
 * Precision: of those named positive, the share that are.
 *
 * @example
 * metrics.precision([1, 1, 1, 0], [1, 0, 1, 1])   // → 0.666666666667
 */
export function precision(
  prediction: Numbers,
  target: Numbers,
  options: AverageOptions = {},
): number {
  return averaged("precision", prediction, target, options, ({ hits, alarms }) => [
    hits,
    hits + alarms,
  ]);
}
