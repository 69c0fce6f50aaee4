import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Logistic loss: log(1 + e^(−m)) of the margin m = target · score, with targets −1 and 1.
 * It is the cross-entropy with logits under other labels: same value, same minimiser.
 *
 * @throws RangeError when a target is neither −1 nor 1
 *
 * @example
 * logistic({ reduction: "none" })([0, -1000], [1, 1])   // → [0.693147180560, 1000]
 */
export function logistic(options: LossOptions = {}): Loss {
  const sigmoid = (m: number) => 1 / (1 + Math.exp(-m));
  return defineLoss(
    {
      name: "Logistic",
      argument: "margin",
      formula: [{ value: "log(1 + exp(-m))" }],
      parameters: {},
      value: (m) => m.neg().softplus(),
      gradient: (m) => -sigmoid(-m),
      curvature: (m) => sigmoid(m) * sigmoid(-m),
      convex: true,
      seams: [],
      steepest: 1,
      source:
        "Cox (1958), The Regression Analysis of Binary Sequences. doi:10.1111/j.2517-6161.1958.tb00292.x",
    },
    lossOptions("logistic", options, {}),
  );
}
