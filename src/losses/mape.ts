import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Absolute percentage error: how far off, in percent of the target; its mean is the MAPE.
 * It is a loss of the relative residual r = (p − y) / |y|: being off by 1 in 10 costs what 10 in 100 does, so
 * the smallest targets pull hardest, and the best constant is the median of the targets weighted by 1 / |y|.
 * The slope by a prediction is ±100 / |y|, a division by zero at target 0. As in Keras it divides by 1e-7 at
 * least, where being off by 1 costs a billion percent and drowns all other samples: give such samples the
 * weight 0, or take `mae`. The slope jumps where prediction and target agree; the engine takes 0 there.
 *
 * @example
 * mape({ reduction: "none" })([11, 110, 90], [10, 100, 100])   // → [10, 10, 10]
 * mape().gradient(-0.1)                                        // → -100
 */
export function mape(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Absolute percentage error",
      argument: "relative residual",
      formula: [{ value: "100 * abs(r)" }],
      tex: String.raw`100 \cdot |r|, \quad r = \frac{p - y}{\max(|y|, 10^{-7})}`,
      parameters: {},
      value: (r) => r.abs().mul(100),
      gradient: (r) => 100 * Math.sign(r),
      curvature: () => 0,
      convex: true,
      seams: [0],
      steepest: 100,
      source:
        "de Myttenaere, Golden, Le Grand & Rossi (2016), Mean Absolute Percentage Error for regression models. doi:10.1016/j.neucom.2015.12.114",
    },
    lossOptions("mape", options, {}),
  );
}
