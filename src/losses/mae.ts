import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Absolute error: every unit off costs the same; its mean is the MAE.
 * The best constant is the median of the targets, and an outlier pulls no harder than its neighbours.
 * The slope jumps at zero, so a fixed step size never settles; the engine takes 0 there.
 *
 * @example
 * mae()([2.5, 0, 2], [3, -0.5, 2])   // → 0.333333333333
 * mae().gradient(-7)                 // → -1
 */
export function mae(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Absolute error",
      argument: "residual",
      formula: [{ value: "abs(r)" }],
      parameters: {},
      value: (r) => r.abs(),
      gradient: Math.sign,
      curvature: () => 0,
      convex: true,
      seams: [0],
      steepest: 1,
      source: "Laplace (1774), Mémoire sur la probabilité des causes par les événements",
    },
    lossOptions("mae", options, {}),
  );
}
