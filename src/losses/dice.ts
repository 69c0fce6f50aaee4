import { notNegative } from "../options.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { overlapFacts } from "./tversky.ts";

export interface DiceOptions extends LossOptions {
  /** Added above and below the line, so that an empty mask has a value. Default 1; Keras: 1e-7. */
  readonly smoothing?: number;
}

/**
 * Dice loss: one minus twice the overlap over the sum of both masks.
 * A small object counts as much as a large one, where the mean over pixels would forget it. Each row
 * is one mask of probabilities, flattened. (V-Net itself squares the probabilities below the line.)
 *
 * @throws RangeError when a probability or a target is outside 0 … 1
 *
 * @example
 * dice({ smoothing: 0 })([1, 1, 0, 0], [1, 0, 0, 0])   // → 0.333333333333
 */
export function dice(options: DiceOptions = {}): RowLoss<readonly number[]> {
  const { smoothing, reduction } = lossOptions("dice", options, { smoothing: 1 });
  notNegative("smoothing", smoothing);
  return defineRowLoss(
    {
      // (2TP + s)/(2TP + FP + FN + s), with everything halved
      ...overlapFacts("dice", 0.5, 0.5, smoothing / 2),
      name: "Dice",
      formula: [{ value: "1 - (2 * sum(t .* z) + s) / (sum(t) + sum(z) + s)" }],
      tex: String.raw`1 - \frac{2 \sum_i t_i p_i + s}{\sum_i t_i + \sum_i p_i + s}`,
      parameters: { s: smoothing },
      source: "Milletari, Navab & Ahmadi (2016), V-Net. arXiv:1606.04797",
    },
    { reduction },
  );
}
