import type { Tensor, Values } from "../engine/index.ts";
import { positive } from "../options.ts";
import { byColumns, byNumber } from "./byNumber.ts";
import { columnsOf } from "./columns.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";
import { expInColumns } from "./swiftPowers.ts";
import { exp, over, rounded, type Twice, times } from "./twice.ts";

export interface WelschOptions extends LossOptions {
  /** How far a residual may be off before it loses its pull, in the units of the target. Default 1. */
  readonly scale?: number;
}

/**
 * Welsch (Leclerc) loss: no residual costs more than scale²/2, and far ones pull no more at all.
 * It is not convex, and flat far away: start from a fit that is nearly right.
 *
 * @throws RangeError unless scale is positive and finite
 *
 * @example
 * welsch({ reduction: "none" })([1, 100], [0, 0])   // → [0.316060279414, 0.5]
 */
export function welsch(options: WelschOptions = {}): Loss {
  const { scale, reduction } = lossOptions("welsch", options, { scale: 1 });
  positive("scale", scale);
  return defineLoss(
    {
      name: "Welsch",
      argument: "residual",
      formula: [{ value: "c^2 / 2 * (1 - exp(-(r / c)^2))" }],
      parameters: { c: scale },
      value: inNumbers(scale),
      gradient: (r) => r * bell(r, scale),
      curvature: (r) => (1 - 2 * (r / scale) ** 2) * bell(r, scale),
      convex: false,
      seams: [],
      steepest: scale * Math.sqrt(0.5) * Math.exp(-0.5),
      source:
        "Dennis & Welsch (1978), Techniques for Nonlinear Least Squares and Robust Regression. doi:10.1080/03610917808812083",
    },
    { reduction },
  );
}

/** The loss as an operation: c²/2 · (1 − e^(−u)) with u = (r/c)², which keeps the digits of a small u. */
function inNumbers(scale: number): (r: Tensor) => Tensor {
  const exponent = (r: Tensor) => r.square().div(scale ** 2);
  const bells = byColumns("bell", (result, [r]) => writeBells(result, r!, scale), [
    (r, bell) => bell!.mul(r!).mul(-2 / scale ** 2),
  ]);
  const slopes = byColumns("slope of the bell", (result, [r]) => writeBells(result, r!, scale, r), [
    (r) => bells(r!).mul(exponent(r!).mul(-2).add(1)),
  ]);
  return byNumber("welsch", (r) => (-Math.expm1(-((r / scale) ** 2)) * scale ** 2) / 2, [
    (r) => slopes(r!),
  ]);
}

/** Writes e^(−(r/c)²) for each number, or so many times that. */
function writeBells(result: Values, r: Values, scale: number, count?: Values): void {
  const roots = columnsOf(r.length);
  for (let i = 0; i < r.length; i++) {
    const exponent = halfExponent(r[i]!, scale);
    roots.high[i] = exponent[0];
    roots.low[i] = exponent[1];
  }
  expInColumns(roots);
  for (let i = 0; i < r.length; i++) {
    const root = roots.high[i]!;
    const lost = root === 0 ? 0 : (2 * roots.low[i]!) / root;
    // So far out that the bell is too small for a number, the last product alone may round.
    result[i] = (count?.[i] ?? 1) * root * (1 + lost) * root;
  }
}

/** −(r/c)²/2, to the last digit also far out, where what is rounded off a large exponent counts. */
function halfExponent(r: number, scale: number): Twice {
  const ratio = over([r, 0], [scale, 0]);
  const square = times(ratio, ratio);
  return [-square[0] / 2, -square[1] / 2];
}

/** e^(−(r/c)²) of a number. */
function bell(r: number, scale: number): number {
  return rounded(exp(halfExponent(r, scale))) ** 2;
}
