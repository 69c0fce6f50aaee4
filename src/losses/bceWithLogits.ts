import type { Tensor } from "../engine/index.ts";
import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions, smoothingFits } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface BceWithLogitsOptions extends LossOptions {
  /** What target 1 counts against target 0; it does not enter the mean's denominator. Default 1. */
  readonly positiveWeight?: number;
  /** Draws targets this far towards ½: y(1−s) + s/2, at least 0 and below 1. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * Binary cross-entropy of logits: sigmoid and logarithm in one, so that no digit is lost.
 * The gradient is σ(z) − y: a confident mistake pulls with its full force instead of none.
 *
 * @throws RangeError when a target is outside 0 … 1 or a setting out of range
 *
 * @example
 * bceWithLogits({ reduction: "none" })([0, 40, -1000], [1, 1, 1])   // → [0.693147180560, 4.24835425529e-18, 1000]
 * bceWithLogits().gradient(0, 1)                                    // → -0.5
 */
export function bceWithLogits(options: BceWithLogitsOptions = {}): Loss {
  const defaults = { positiveWeight: 1, labelSmoothing: 0 };
  const { positiveWeight, labelSmoothing, reduction } = lossOptions(
    "bceWithLogits",
    options,
    defaults,
  );
  positive("positiveWeight", positiveWeight);
  smoothingFits(labelSmoothing);
  const [w, s] = [positiveWeight, labelSmoothing];
  const smooth = (y: number) => y * (1 - s) + s / 2;
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const t = s === 0 ? "y" : "(y * (1 - s) + s / 2)";
  return defineLoss(
    {
      name: "Binary cross-entropy with logits",
      argument: "logit",
      formula: [
        {
          value: `${w === 1 ? "" : "w * "}${t} * log(1 + exp(-z)) + (1 - ${t}) * log(1 + exp(z))`,
        },
      ],
      parameters: { ...(w === 1 ? {} : { w }), ...(s === 0 ? {} : { s }) },
      // Both parts are positive, so no digits cancel; max(z, 0) − zy + … is 0 at z = 40, y = 1.
      value: (z, y) => {
        const smoothed = (share: Tensor) => (s === 0 ? share : share.mul(1 - s).add(s / 2));
        const ones = smoothed(y).mul(w).mul(z.neg().softplus());
        return ones.add(smoothed(y.neg().add(1)).mul(z.softplus()));
      },
      gradient: (z, y) => (1 - smooth(y)) * sigmoid(z) - w * smooth(y) * sigmoid(-z),
      curvature: (z, y) => (1 - smooth(y) + w * smooth(y)) * sigmoid(z) * sigmoid(-z),
      convex: true,
      seams: [],
      steepest: Math.max(w, 1) * (1 - s / 2),
      source:
        "Cox (1958), The Regression Analysis of Binary Sequences. doi:10.1111/j.2517-6161.1958.tb00292.x",
    },
    { reduction },
  );
}
