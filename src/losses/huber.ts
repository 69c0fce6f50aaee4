import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface HuberOptions extends LossOptions {
  /** Where the parabola becomes a line, in the units of the target. Default 1. */
  readonly delta?: number;
}

/**
 * Huber loss: a parabola near zero, straight lines beyond ±delta, joined without a corner.
 * One outlier can pull on the fit with a force of at most delta. Inside it is half the squared error;
 * outside it lies below the absolute error.
 *
 * @throws RangeError unless delta is positive and finite
 *
 * @example
 * huber({ reduction: "none" })([0.5, 3], [0, 0])   // → [0.125, 2.5]
 * huber({ delta: 10 }).gradient(3)                 // → 3
 */
export function huber(options: HuberOptions = {}): Loss {
  const { delta, reduction } = lossOptions("huber", options, { delta: 1 });
  positive("delta", delta);
  return defineLoss(
    {
      name: "Huber",
      argument: "residual",
      formula: [
        { where: "abs(r) <= delta", value: "r^2 / 2" },
        { value: "delta * (abs(r) - delta / 2)" },
      ],
      parameters: { delta },
      // With c = r cut to ±δ both pieces are one expression, smooth at r = 0 to any order.
      value: (r) => {
        const c = r.clamp(-delta, delta);
        return c.mul(r.sub(c.mul(0.5)));
      },
      gradient: (r) => Math.max(-delta, Math.min(delta, r)),
      curvature: (r) => (Math.abs(r) < delta ? 1 : 0),
      convex: true,
      seams: [-delta, delta],
      steepest: delta,
      source:
        "Huber (1964), Robust Estimation of a Location Parameter. doi:10.1214/aoms/1177703732",
    },
    { reduction },
  );
}
