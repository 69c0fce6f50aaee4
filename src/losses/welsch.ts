import type { Tensor } from "../engine/index.ts";
import { positive } from "../options.ts";
import { byNumber } from "./byNumber.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";
import { exp, over, rounded, times } from "./twice.ts";

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
  return defineLoss(
    {
      name: "Welsch",
      argument: "residual",
      formula: [{ value: "c^2 / 2 * (1 - exp(-(r / c)^2))" }],
      parameters: { c: scale },
      value: inNumbers(scale),
      gradient: (r) => r * bell(r, scale),
      curvature: (r) => (1 - 2 * (r / scale) ** 2) * bell(r, scale),
      convex: false,
      seams: [],
      steepest: scale * Math.sqrt(0.5) * Math.exp(-0.5),
      source:
        "Dennis & Welsch (1978), Techniques for Nonlinear Least Squares and Robust Regression. doi:10.1080/03610917808812083",
    },
    { reduction },
  );
}

/** The loss as an operation: c²/2 · (1 − e^(−u)) with u = (r/c)², which keeps the digits of a small u. */
function inNumbers(scale: number): (r: Tensor) => Tensor {
  const bells = byNumber("bell", (r) => bell(r, scale), [
    (r) =>
      bells(r!)
        .mul(r!)
        .mul(-2 / scale ** 2),
  ]);
  return byNumber("welsch", (r) => (-Math.expm1(-((r / scale) ** 2)) * scale ** 2) / 2, [
    (r) => bells(r!).mul(r!),
  ]);
}

/** e^(−(r/c)²), to the last digit also far out, where what is rounded off a large exponent counts. */
function bell(r: number, scale: number): number {
  const ratio = over([r, 0], [scale, 0]);
  const [high, low] = times(ratio, ratio);
  return rounded(exp([-high, -low]));
}
