import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Exponential loss: e^(−m) of the margin m = target · score, what AdaBoost brings down.
 * One badly wrong or wrongly labelled sample can outweigh all others.
 *
 * @throws RangeError when a target is neither −1 nor 1
 *
 * @example
 * exponential({ reduction: "none" })([0, -2], [1, 1])   // → [1, 7.38905609893]
 */
export function exponential(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Exponential",
      argument: "margin",
      formula: [{ value: "exp(-m)" }],
      parameters: {},
      value: (m) => m.neg().exp(),
      gradient: (m) => -Math.exp(-m),
      curvature: (m) => Math.exp(-m),
      convex: true,
      seams: [],
      steepest: Infinity,
      source:
        "Freund & Schapire (1997), A Decision-Theoretic Generalization of On-Line Learning and an Application to Boosting. doi:10.1006/jcss.1997.1504",
    },
    lossOptions("exponential", options, {}),
  );
}
