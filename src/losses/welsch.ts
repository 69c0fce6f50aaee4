import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface WelschOptions extends LossOptions {
  /** How far a residual may be off before it loses its pull, in the units of the target. Default 1. */
  readonly scale?: number;
}

/**
 * Welsch (Leclerc) loss: no residual costs more than scale²/2, and far ones pull no more at all.
 * It is not convex, and flat far away: start from a fit that is nearly right.
 *
 * @throws RangeError unless scale is positive and finite
 *
 * @example
 * welsch({ reduction: "none" })([1, 100], [0, 0])   // → [0.316060279414, 0.5]
 */
export function welsch(options: WelschOptions = {}): Loss {
  const { scale, reduction } = lossOptions("welsch", options, { scale: 1 });
  positive("scale", scale);
  const bell = (r: number) => Math.exp(-((r / scale) ** 2));
  return defineLoss(
    {
      name: "Welsch",
      argument: "residual",
      formula: [{ value: "c^2 / 2 * (1 - exp(-(r / c)^2))" }],
      parameters: { c: scale },
      value: (r) =>
        r
          .div(scale)
          .square()
          .neg()
          .expm1()
          .mul(-(scale ** 2) / 2),
      gradient: (r) => r * bell(r),
      curvature: (r) => (1 - 2 * (r / scale) ** 2) * bell(r),
      convex: false,
      seams: [],
      steepest: scale * Math.sqrt(0.5) * Math.exp(-0.5),
      source:
        "Dennis & Welsch (1978), Techniques for Nonlinear Least Squares and Robust Regression. doi:10.1080/03610917808812083",
    },
    { reduction },
  );
}
