import { random, type Tensor, type TensorLike, tensor } from "../engine/index.ts";
import { enough, type MadeOptions, madeOptions, type Table, tableOf } from "./Table.ts";

export interface PolynomialOptions extends MadeOptions {
  /** From the constant upwards. Default [0, 1, 0, −1]: x − x³. */
  readonly coefficients?: readonly number[];
  /** Default [−1, 1]. */
  readonly range?: readonly [number, number];
}

/**
 * Points on a polynomial, evenly spaced, with noise in y: small enough to overfit by hand.
 *
 * @example
 * datasets.polynomial({ samples: 3, noise: 0, coefficients: [0, 0, 1] }).y   // → [1, 0, 1]
 */
export function polynomial(options: PolynomialOptions = {}): Table {
  const { samples = 15, noise = 0.1, seed = 1 } = options;
  const { coefficients = [0, 1, 0, -1], range = [-1, 1] } = options;
  madeOptions("polynomial", options, ["coefficients", "range"]);
  enough(samples, 2);
  const off = random(seed).normal([samples], 0, noise).data;
  const step = (range[1] - range[0]) / (samples - 1);
  const x = Array.from({ length: samples }, (_, i) => range[0] + i * step);
  const y = x.map((each, i) => coefficients.reduceRight((sum, c) => sum * each + c, 0) + off[i]!);
  return tableOf(
    x.map((each) => [each]),
    y,
  );
}

/**
 * The powers 1, x, x², … of one feature as the features of a linear model.
 *
 * @throws RangeError when degree is not a whole number from 0 on
 *
 * @example
 * datasets.powers([2, 3], 2)   // → [[1, 2, 4], [1, 3, 9]]
 */
export function powers(x: TensorLike, degree: number): Tensor {
  if (!(Number.isInteger(degree) && degree >= 0))
    throw new RangeError(
      `degree must be a whole number from 0 on, but it is ${degree}.\nHint: 3 gives 1, x, x² and x³.`,
    );
  const values = tensor(x).reshape([-1]).toArray() as number[];
  return tensor(values.map((each) => Array.from({ length: degree + 1 }, (_, k) => each ** k)));
}
