import type { Tensor, Values } from "../engine/index.ts";
import { byColumns } from "./byNumber.ts";
import { columnsFrom } from "./columns.ts";
import { expInColumns } from "./swiftPowers.ts";
import { exactProduct, exp, lostByProduct, over, plus, rounded, type Twice } from "./twice.ts";

/**
 * Makes the operation σ(x)^γ, to the last digit: the power would multiply what is rounded off the sigmoid by γ,
 * so that is kept.
 */
export function sigmoidPower(gamma: number): (x: Tensor) => Tensor {
  const compute = (result: Values, [x]: readonly Values[]) => powers(result, x!, gamma);
  return byColumns("sigmoidPower", compute, [
    (x, power) => power!.mul(x!.neg().sigmoid()).mul(gamma),
  ]);
}

function powers(result: Values, x: Values, gamma: number): void {
  const e = columnsFrom(x);
  for (let i = 0; i < x.length; i++) e.high[i] = -Math.abs(x[i]!);
  expInColumns(e);
  for (let i = 0; i < result.length; i++) {
    const high = e.high[i]!;
    const low = e.low[i]!;
    const whole = 1 + high;
    const wholeLow = high - (whole - 1) + low;
    const isUpper = x[i]! >= 0;
    // σ(x) = 1/(1 + e) or e/(1 + e), and what the division leaves.
    const part = isUpper ? 1 : high;
    const sigmoid = part / whole;
    const product = sigmoid * whole;
    const left = part - product - lostByProduct(sigmoid, whole, product) - sigmoid * wholeLow;
    const rest = (left + (isUpper ? 0 : low)) / whole;
    const power = sigmoid ** gamma;
    result[i] = x[i]! < -40 ? powerAt(x[i]!, gamma) : power + (power * gamma * rest) / sigmoid;
  }
}

const one: Twice = [1, 0];

/** σ(x)^γ of a number. */
export function powerAt(x: number, gamma: number): number {
  // So far down the sigmoid is e^x, and may be too small for a number where its power is not.
  if (x < -40) return rounded(exp(exactProduct(gamma, x)));
  const e = exp([-Math.abs(x), 0]);
  const [high, low] = over(x >= 0 ? one : e, plus(one, e));
  return high ** gamma + (high ** gamma * gamma * low) / high;
}
