import { notNegative } from "../options.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { overlapFacts } from "./tversky.ts";

export interface IouOptions extends LossOptions {
  /** Added above and below the line, so that an empty mask has a value. Default 1. */
  readonly smoothing?: number;
}

/**
 * IoU (Jaccard) loss: one minus intersection over union of two masks.
 * It ranks predictions as Dice does and is stricter: a Dice loss of 1/3 is an IoU loss of 1/2. Each row
 * is one mask of probabilities, flattened.
 *
 * @throws RangeError when a probability or a target is outside 0 … 1
 *
 * @example
 * iou({ smoothing: 0 })([1, 1, 0, 0], [1, 0, 0, 0])   // → 0.5
 */
export function iou(options: IouOptions = {}): RowLoss<readonly number[]> {
  const { smoothing, reduction } = lossOptions("iou", options, { smoothing: 1 });
  notNegative("smoothing", smoothing);
  return defineRowLoss(
    {
      ...overlapFacts("iou", 1, 1, smoothing),
      name: "IoU",
      formula: [{ value: "1 - (sum(t .* z) + s) / (sum(t) + sum(z) - sum(t .* z) + s)" }],
      tex: String.raw`1 - \frac{\sum_i t_i p_i + s}{\sum_i t_i + \sum_i p_i - \sum_i t_i p_i + s}`,
      parameters: { s: smoothing },
      source:
        "Rahman & Wang (2016), Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation. doi:10.1007/978-3-319-50835-1_22",
    },
    { reduction },
  );
}
