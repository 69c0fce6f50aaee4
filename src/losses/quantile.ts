import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface QuantileOptions extends LossOptions {
  /** Which share of the targets shall lie below the prediction, between 0 and 1. Default 0.5. */
  readonly level?: number;
}

/**
 * Quantile (pinball) loss: predicting too low costs `level` per unit, too high 1 − level.
 * The best constant is that quantile of the targets; at level 0.5 it is half the absolute error.
 *
 * @throws RangeError unless level lies between 0 and 1
 *
 * @example
 * quantile({ level: 0.9, reduction: "none" })([0, 20], [10, 10])   // → [9, 1]
 */
export function quantile(options: QuantileOptions = {}): Loss {
  const { level, reduction } = lossOptions("quantile", options, { level: 0.5 });
  if (!(level > 0 && level < 1))
    throw new RangeError(
      `level must lie between 0 and 1, but it is ${level}.\nHint: 0.9 asks for the value that nine of ten targets stay below.`,
    );
  return defineLoss(
    {
      name: "Quantile",
      argument: "residual",
      formula: [{ where: "r < 0", value: "-q * r" }, { value: "(1 - q) * r" }],
      parameters: { q: level },
      value: (r) => r.mul(1 - level).maximum(r.mul(-level)),
      gradient: (r) => (r === 0 ? 0.5 - level : r < 0 ? -level : 1 - level),
      curvature: () => 0,
      convex: true,
      seams: [0],
      steepest: Math.max(level, 1 - level),
      source: "Koenker & Bassett (1978), Regression Quantiles. doi:10.2307/1913643",
    },
    { reduction },
  );
}
