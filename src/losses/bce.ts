import { type Tensor, where } from "../engine/index.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Binary cross-entropy of probabilities: −log of the probability given to what happened.
 * Certain and wrong costs Infinity, and that is exact: PyTorch cuts the logarithm off at −100, Keras
 * the probability at 1e-7. Scores belong into `bceWithLogits`, which keeps all digits.
 *
 * @throws RangeError when a prediction or a target is outside 0 … 1
 *
 * @example
 * bce({ reduction: "none" })([0.9, 0.9, 0], [1, 0, 0])   // → [0.105360515658, 2.30258509299, 0]
 */
export function bce(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Binary cross-entropy",
      argument: "probability",
      formula: [{ value: "-(y * log(p) + (1 - y) * log(1 - p))" }],
      parameters: {},
      value: (p, y) => surprise(p, y).add(surpriseOfNot(p, y.neg().add(1))),
      gradient: (p, y) => share(1 - y, 1 - p) - share(y, p),
      curvature: (p, y) => share(1 - y, (1 - p) ** 2) + share(y, p ** 2),
      convex: true,
      seams: [],
      steepest: Infinity,
      source: "Good (1952), Rational Decisions. doi:10.1111/j.2517-6161.1952.tb00104.x",
    },
    lossOptions("bce", options, {}),
  );
}

/** −y·log p, but 0 where y = 0 even if p is 0 too: what could not happen did not. */
export function surprise(p: Tensor, y: Tensor): Tensor {
  return where(y.greater(0), p, 1).log().mul(y.neg());
}

/** −y·log(1 − p), but 0 where y = 0; keeps the digits of a small p. */
export function surpriseOfNot(p: Tensor, y: Tensor): Tensor {
  return where(y.greater(0), p, 0).neg().log1p().mul(y.neg());
}

/** weight/p, but 0 for weight 0 even if p is 0 too. */
export const share = (weight: number, p: number): number => (weight === 0 ? 0 : weight / p);
