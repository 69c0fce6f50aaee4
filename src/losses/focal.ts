import { type Tensor, where } from "../engine/index.ts";
import { notNegative } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface FocalOptions extends LossOptions {
  /** γ, how much samples that are already right are played down. Default 2. */
  readonly gamma?: number;
  /** α, what target 1 counts; target 0 counts 1 − α. Default 0.25, as in the paper; Keras has no α. */
  readonly alpha?: number;
}

/**
 * Focal loss of logits: cross-entropy times (1 − probability of the right class)^γ.
 * Many easy samples no longer drown a few hard ones; but it is not convex for γ > 0, and its
 * probabilities are not calibrated.
 *
 * @throws RangeError when a target is neither 0 nor 1 or a setting out of range
 *
 * @example
 * focal({ reduction: "none" })([0, 5], [1, 1])   // → [0.0433216987850, 7.52022556317e-8]
 */
export function focal(options: FocalOptions = {}): Loss {
  const { gamma, alpha, reduction } = lossOptions("focal", options, { gamma: 2, alpha: 0.25 });
  notNegative("gamma", gamma);
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(
      `alpha must lie between 0 and 1, but it is ${alpha}.\nHint: 0.5 counts both classes alike.`,
    );
  const weight = (y: number) => (y === 1 ? alpha : 1 - alpha);
  const sign = (y: number) => 2 * y - 1;
  return defineLoss(
    {
      name: "Focal",
      argument: "logit",
      targets: "bits",
      formula: [
        { where: "y == 1", value: "alpha * (1 + exp(z))^(-gamma) * log(1 + exp(-z))" },
        { value: "(1 - alpha) * (1 + exp(-z))^(-gamma) * log(1 + exp(z))" },
      ],
      parameters: { alpha, gamma },
      value: (z, y) => {
        const margin = z.mul(y.mul(2).sub(1));
        const weights = y.mul(2 * alpha - 1).add(1 - alpha);
        return weights.mul(wrongness(margin, gamma)).mul(margin.neg().softplus());
      },
      gradient: (z, y) => sign(y) * weight(y) * slopeOfMargin(sign(y) * z, gamma),
      curvature: (z, y) => weight(y) * bendOfMargin(sign(y) * z, gamma),
      convex: gamma === 0,
      seams: [],
      steepest: Math.max(alpha, 1 - alpha) * steepestOfMargin(gamma),
      source: "Lin et al. (2017), Focal Loss for Dense Object Detection. arXiv:1708.02002",
    },
    { reduction },
  );
}

/**
 * (1 − p)^γ of the right class, from its margin. Beyond 1 the power is taken of 1 − p itself, since
 * the exponential of a long logarithm loses digits; at 700 any loss has long been 0.
 */
function wrongness(margin: Tensor, gamma: number): Tensor {
  const far = margin.clamp(1, 700).neg().sigmoid().pow(gamma);
  return where(margin.greater(1), far, margin.softplus().mul(-gamma).exp());
}

/** p and q = 1 − p of the right class, and the loss −log p, from its margin. */
function atMargin(m: number): { p: number; q: number; loss: number } {
  const loss = Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
  return { p: 1 / (1 + Math.exp(-m)), q: 1 / (1 + Math.exp(m)), loss };
}

/** d/dm of q^γ·(−log p). */
function slopeOfMargin(m: number, gamma: number): number {
  const { p, q, loss } = atMargin(m);
  return -(q ** gamma) * (gamma * p * loss + q);
}

/** d²/dm² of the same. */
function bendOfMargin(m: number, gamma: number): number {
  const { p, q, loss } = atMargin(m);
  return q ** gamma * p * (gamma * loss * (gamma * p - q) + q * (2 * gamma + 1));
}

/** The slope is steepest where the curvature changes its sign: found by halving the interval. */
function steepestOfMargin(gamma: number): number {
  if (gamma === 0) return 1;
  let [left, right] = [-700, 0];
  while (right - left > 1e-9) {
    const middle = (left + right) / 2;
    if (bendOfMargin(middle, gamma) < 0) left = middle;
    else right = middle;
  }
  return -slopeOfMargin(right, gamma);
}
