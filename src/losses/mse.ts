import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Squared error: twice as far off costs four times as much; its mean is the MSE.
 * The best constant is the mean of the targets, and one outlier can drag it anywhere. Here, as in all
 * frameworks, r² without the ½ that makes the derivative tidy in some texts.
 *
 * @example
 * mse()([2.5, 0, 2], [3, -0.5, 2])                        // → 0.166666666667
 * mse({ reduction: "none" })([2.5, 0, 2], [3, -0.5, 2])   // → [0.25, 0.25, 0]
 * mse()([1, 2], [0, 0], [3, 1])                           // → 1.75
 */
export function mse(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Squared error",
      argument: "residual",
      formula: [{ value: "r^2" }],
      parameters: {},
      value: (r) => r.square(),
      gradient: (r) => 2 * r,
      curvature: () => 2,
      convex: true,
      seams: [],
      steepest: Infinity,
      source: "Legendre (1805), Nouvelles méthodes pour la détermination des orbites des comètes",
    },
    lossOptions("mse", options, {}),
  );
}
