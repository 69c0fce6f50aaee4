import { notNegative } from "../options.ts";
import { share, surprise, surpriseOfNot } from "./bce.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface WeightedBceOptions extends LossOptions {
  /** What a sample of target 1 counts. Default 1. */
  readonly positive?: number;
  /** What a sample of target 0 counts. Default 1. */
  readonly negative?: number;
}

/**
 * Weighted binary cross-entropy of probabilities, exact up to 0 and 1.
 * Weights move where the boundary pays best; they leave the ranking, and take the calibration: the
 * best constant prediction is no longer the share of positives.
 *
 * @throws RangeError when a weight is negative, or a prediction or a target outside 0 … 1
 *
 * @example
 * weightedBce({ positive: 0.8, negative: 0.2, reduction: "none" })([1, 0.5], [1, 0])   // → [0, 0.138629436112]
 */
export function weightedBce(options: WeightedBceOptions = {}): Loss {
  const defaults = { positive: 1, negative: 1 };
  const { positive, negative, reduction } = lossOptions("weightedBce", options, defaults);
  notNegative("positive", positive);
  notNegative("negative", negative);
  return defineLoss(
    {
      name: "Weighted binary cross-entropy",
      argument: "probability",
      formula: [{ value: "-(a * y * log(p) + b * (1 - y) * log(1 - p))" }],
      parameters: { a: positive, b: negative },
      value: (p, y) => {
        const [ones, zeros] = [y.mul(positive), y.neg().add(1).mul(negative)];
        return surprise(p, ones).add(surpriseOfNot(p, zeros));
      },
      gradient: (p, y) => share(negative * (1 - y), 1 - p) - share(positive * y, p),
      curvature: (p, y) => share(negative * (1 - y), (1 - p) ** 2) + share(positive * y, p ** 2),
      convex: true,
      seams: [],
      steepest: Infinity,
      source: "Elkan (2001), The Foundations of Cost-Sensitive Learning. IJCAI 17",
    },
    { reduction },
  );
}
