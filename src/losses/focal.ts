import { notNegative } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";
import { powerAt, sigmoidPower } from "./sigmoidPower.ts";

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
  const wrongness = sigmoidPower(gamma);
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
        const against = z.mul(y.mul(-2).add(1));
        // Not (2α − 1)·y + 1 − α, which of a small α would keep few digits.
        const weights = y.mul(alpha).add(
          y
            .neg()
            .add(1)
            .mul(1 - alpha),
        );
        return weights.mul(wrongness(against)).mul(against.softplus());
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

/** p and q = 1 − p of the right class, and the loss −log p, from its margin. */
function atMargin(m: number): { p: number; q: number; loss: number } {
  const e = Math.exp(-Math.abs(m));
  const [larger, smaller] = [1 / (1 + e), e / (1 + e)];
  const [p, q] = m >= 0 ? [larger, smaller] : [smaller, larger];
  return { p, q, loss: Math.max(-m, 0) + Math.log1p(e) };
}

/** d/dm of q^γ·(−log p). */
function slopeOfMargin(m: number, gamma: number): number {
  const { p, q, loss } = atMargin(m);
  return -powerAt(-m, gamma) * (gamma * p * loss + q);
}

/** d²/dm² of the same. */
function bendOfMargin(m: number, gamma: number): number {
  const { p, q, loss } = atMargin(m);
  return powerAt(-m, gamma) * p * (gamma * loss * (gamma * p - q) + q * (2 * gamma + 1));
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
