import type { Tensor } from "../engine/index.ts";
import { byNumber } from "./byNumber.ts";
import { exactProduct, exp, over, plus, rounded, type Twice } from "./twice.ts";

/**
 * Makes the operation σ(x)^γ, to the last digit: the power would multiply what is rounded off the sigmoid by γ,
 * so that is kept.
 */
export function sigmoidPower(gamma: number): (x: Tensor) => Tensor {
  return byNumber("sigmoidPower", (x) => powerAt(x, gamma), [
    (x, power) => power!.mul(x!.neg().sigmoid()).mul(gamma),
  ]);
}

const one: Twice = [1, 0];

/** σ(x)^γ of a number. */
export function powerAt(x: number, gamma: number): number {
  // So far down the sigmoid is e^x, and may be too small for a number where its power is not.
  if (x < -40) return rounded(exp(exactProduct(gamma, x)));
  const e = exp([-Math.abs(x), 0]);
  const [high, low] = over(x >= 0 ? one : e, plus(one, e));
  return high ** gamma * (1 + (gamma * low) / high);
}
