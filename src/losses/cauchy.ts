import { where } from "../engine/index.ts";
import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface CauchyOptions extends LossOptions {
  /** The residual at which the pull is strongest, in the units of the target. Default 1. */
  readonly scale?: number;
}

/**
 * Cauchy (Lorentzian) loss: beyond `scale` the pull of an outlier grows weaker the farther it is.
 * That forgives gross errors, but the loss is not convex: a fit may end in a local minimum.
 *
 * @throws RangeError unless scale is positive and finite
 *
 * @example
 * cauchy({ reduction: "none" })([1, 100], [0, 0])   // → [0.346573590280, 4.60522018349]
 */
export function cauchy(options: CauchyOptions = {}): Loss {
  const { scale, reduction } = lossOptions("cauchy", options, { scale: 1 });
  positive("scale", scale);
  return defineLoss(
    {
      name: "Cauchy",
      argument: "residual",
      formula: [{ value: "c^2 / 2 * log(1 + (r / c)^2)" }],
      parameters: { c: scale },
      value: (r) => {
        const u = r.div(scale);
        // So far out that a square would overflow, 1 + u² is u².
        const isFar = u.abs().greater(farthest);
        const near = where(isFar, 0, u).square().log1p();
        const far = where(isFar, u, 1).abs().log().mul(2);
        return where(isFar, far, near).mul(scale ** 2 / 2);
      },
      gradient: (r) => r / (1 + (r / scale) ** 2),
      curvature: (r) => (1 - (r / scale) ** 2) / (1 + (r / scale) ** 2) ** 2,
      convex: false,
      seams: [],
      steepest: scale / 2,
      source: "Barron (2019), A General and Adaptive Robust Loss Function. arXiv:1701.03077",
    },
    { reduction },
  );
}

const farthest = 1e15;
