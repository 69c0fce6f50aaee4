import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { overlapFacts } from "./tversky.ts";

/**
 * Soft F1: one minus the F1 score, with probabilities where F1 counts yes and no.
 * F1 itself has slope 0 almost everywhere; this one can be trained. Each row holds all samples of
 * one label, so it is a loss of a batch and not a mean over samples.
 *
 * @throws RangeError when a probability or a target is outside 0 … 1, or a row has nothing at all
 *
 * @example
 * softF1()([1, 0, 1], [1, 0, 0])        // → 0.333333333333
 * softF1()([0.9, 0.1, 0.4], [1, 0, 0])  // → 0.25
 */
export function softF1(options: LossOptions = {}): RowLoss<readonly number[]> {
  return defineRowLoss(
    {
      ...overlapFacts("softF1", 0.5, 0.5, 0),
      name: "Soft F1",
      formula: [{ value: "1 - 2 * sum(t .* z) / (sum(t) + sum(z))" }],
      tex: String.raw`1 - \frac{2 \sum_i t_i p_i}{\sum_i t_i + \sum_i p_i}`,
      parameters: {},
      source:
        "Pastor-Pellicer et al. (2013), F-Measure as the Error Function to Train Neural Networks. doi:10.1007/978-3-642-38679-4_37",
    },
    lossOptions("softF1", options, {}),
  );
}
