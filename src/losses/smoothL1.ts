import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface SmoothL1Options extends LossOptions {
  /** Where the parabola becomes a line, in the units of the target. Default 1. */
  readonly beta?: number;
}

/**
 * Smooth L1: the Huber loss divided by its delta, so that the slope outside is 1 for every beta.
 * As beta shrinks it becomes the absolute error; Huber becomes zero instead.
 *
 * @throws RangeError unless beta is positive and finite
 *
 * @example
 * smoothL1({ beta: 0.5, reduction: "none" })([0.5, 3], [0, 0])   // → [0.25, 2.75]
 */
export function smoothL1(options: SmoothL1Options = {}): Loss {
  const { beta, reduction } = lossOptions("smoothL1", options, { beta: 1 });
  positive("beta", beta);
  return defineLoss(
    {
      name: "Smooth L1",
      argument: "residual",
      formula: [
        { where: "abs(r) <= beta", value: "r^2 / (2 * beta)" },
        { value: "abs(r) - beta / 2" },
      ],
      parameters: { beta },
      value: (r) => {
        const c = r.clamp(-beta, beta);
        return c.mul(r.sub(c.mul(0.5))).div(beta);
      },
      gradient: (r) => Math.max(-1, Math.min(1, r / beta)),
      curvature: (r) => (Math.abs(r) < beta ? 1 / beta : 0),
      convex: true,
      seams: [-beta, beta],
      steepest: 1,
      source: "Girshick (2015), Fast R-CNN. arXiv:1504.08083",
    },
    { reduction },
  );
}
