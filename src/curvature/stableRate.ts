import { knownOptions, notNegative, oneOf } from "../options.ts";

export interface StableRateOptions {
  /** β of the momentum, below 1. Default 0. */
  readonly momentum?: number;
  /**
   * How the momentum is written: `"heavy ball"` (v = βv + g), `"averaged"` (v = βv + (1 − β)g) or
   * `"nesterov"`. Default `"heavy ball"`.
   */
  readonly form?: "heavy ball" | "averaged" | "nesterov";
}

/**
 * The largest stable learning rate for a curvature of at most λ: 2/λ for gradient descent,
 * 2(1 + β)/λ for the heavy ball.
 * Below it a descent on a quadratic arrives, above it every step overshoots by more than the last.
 * Infinity where nothing curves upwards: then no step overshoots.
 *
 * @throws RangeError when momentum is not from 0 to below 1, or λ is not a number
 *
 * @example
 * stableRate(16.7006)                      // → 0.119756176425
 * stableRate(4, { momentum: 0.9 })         // → 0.95
 * stableRate(4, { momentum: 0.5, form: "nesterov" })   // → 0.375
 * @see B. Polyak, “Some methods of speeding up the convergence of iteration methods”, 1964, doi:10.1016/0041-5553(64)90137-5
 */
export function stableRate(largest: number, options: StableRateOptions = {}): number {
  const { momentum = 0, form = "heavy ball" } = options;
  knownOptions("stableRate", options, ["momentum", "form"]);
  oneOf("form", form, Object.keys(widened));
  notNegative("momentum", momentum);
  if (!(momentum < 1))
    throw new RangeError(
      `momentum must be below 1, but it is ${momentum}.\nHint: at 1 nothing is ever forgotten; 0.9 is usual.`,
    );
  if (typeof largest !== "number")
    throw new TypeError(
      `stableRate needs the largest curvature, a number, but got a ${typeof largest}.\nHint: curvature(cost)(parameters).largest; it tells its stableRate as well.`,
    );
  if (Number.isNaN(largest))
    throw new RangeError(
      "The largest curvature is NaN.\nHint: look where the function or its gradient is not finite.",
    );
  if (largest <= 0) return Infinity;
  return (2 * widened[form](momentum)) / largest;
}

/** By what the bound of plain gradient descent is multiplied. */
const widened: Record<NonNullable<StableRateOptions["form"]>, (beta: number) => number> = {
  "heavy ball": (beta) => 1 + beta,
  averaged: (beta) => (1 + beta) / (1 - beta),
  // The gradient is taken ahead, where the curve is met by 1 + 2β of the move.
  nesterov: (beta) => (1 + beta) / (1 + 2 * beta),
};
