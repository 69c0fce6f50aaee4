import { where } from "../engine/index.ts";
import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface PseudoHuberOptions extends LossOptions {
  /** About where the parabola becomes a line, in the units of the target. Default 1. */
  readonly delta?: number;
}

/**
 * Pseudo-Huber (Charbonnier): the Huber loss in one smooth formula.
 * Every derivative exists everywhere; the slope comes near delta but never reaches it.
 *
 * @throws RangeError unless delta is positive and finite
 *
 * @example
 * pseudoHuber({ reduction: "none" })([0, 1, 100], [0, 0, 0])   // → [0, 0.414213562373, 99.00499987500625]
 */
export function pseudoHuber(options: PseudoHuberOptions = {}): Loss {
  const { delta, reduction } = lossOptions("pseudoHuber", options, { delta: 1 });
  positive("delta", delta);
  const root = (r: number) => Math.hypot(1, r / delta);
  return defineLoss(
    {
      name: "Pseudo-Huber",
      argument: "residual",
      formula: [{ value: "delta^2 * (sqrt(1 + (r / delta)^2) - 1)" }],
      parameters: { delta },
      // √(1+u²) − 1 = u²/(√(1+u²) + 1), which keeps the digits of a small u.
      // So far out that a square would overflow, it goes on as the line that it has long been.
      value: (r) => {
        const isFar = r.abs().greater(farthest * delta);
        const square = where(isFar, 0, r).square();
        const near = square.div(
          square
            .div(delta ** 2)
            .add(1)
            .sqrt()
            .add(1),
        );
        return where(isFar, r.abs().mul(delta), near);
      },
      gradient: (r) => r / root(r),
      curvature: (r) => root(r) ** -3,
      convex: true,
      seams: [],
      steepest: delta,
      source:
        "Charbonnier et al. (1997), Deterministic Edge-Preserving Regularization in Computed Imaging. doi:10.1109/83.551699",
    },
    { reduction },
  );
}

/** In units of delta. */
const farthest = 1e15;
