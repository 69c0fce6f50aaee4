import { add } from "./arithmetic.ts";
import { reshape, spreadTo } from "./layout.ts";
import {
  type Given,
  type GradientOf,
  gradientLike,
  leavesOf,
  type Parameters,
  rebuilt,
} from "./parameters.ts";
import { sum } from "./reduce.ts";
import { sameShape } from "./shape.ts";
import type { Tensor, TensorLike } from "./Tensor.ts";
import { differentiating, leaf, pullBack } from "./tape.ts";
import { asTensor, filled } from "./values.ts";

/** What a function gave, and its gradient in the structure of its parameters. */
export interface ValueAndGradient<P> {
  readonly value: Tensor;
  readonly gradient: GradientOf<P>;
}

/**
 * Turns a function with one output into the function that computes its value and its gradient in one go.
 * The first argument holds the parameters: a number, a tensor, or arrays and records of them, nested as
 * you like; the gradient comes back in the same structure. Further arguments are passed on as they are.
 *
 * @throws TypeError when f returns more than one number, since its gradient would be ambiguous
 * @example
 * valueAndGrad((x) => x.square())(3)                                             // → { value: 9, gradient: 6 }
 * valueAndGrad((p: { w: Tensor; b: Tensor }) => p.w.mul(2).add(p.b))({ w: 1, b: 5 })   // → { value: 7, gradient: { w: 2, b: 1 } }
 */
export function valueAndGrad<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): <Q extends Given<Tensor>>(x: Q, ...rest: Rest) => ValueAndGradient<Q>;
export function valueAndGrad<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): <Q extends Given<P>>(parameters: Q, ...rest: Rest) => ValueAndGradient<Q>;
export function valueAndGrad(f: (parameters: never, ...rest: never[]) => TensorLike): unknown {
  return (parameters: Parameters, ...rest: never[]) => {
    const given = leavesOf(parameters);
    const { value, gradients } = differentiating(() => {
      const leaves = given.map(leaf);
      const output = oneOutput(f(rebuilt(parameters, leaves.values()) as never, ...rest));
      const seed = filled(1, output.shape, output.dtype);
      const pulled = pullBack(output, seed, leaves, add, fitted);
      // What is handed out must outlive the arena.
      for (const result of [output, ...pulled]) result?.keep();
      return { value: output, gradients: pulled };
    });
    const full = gradients.map((g, i) => g ?? filled(0, given[i]!.shape, given[i]!.dtype));
    return { value, gradient: gradientLike(parameters, full) };
  };
}

/**
 * Turns a function with one output into the function that computes its gradient. Apply it twice for curvature.
 *
 * @throws TypeError when f returns more than one number, since its gradient would be ambiguous
 * @example
 * grad((x) => x.pow(3))(2)                 // → 12
 * grad((x) => grad((x) => x.pow(3))(x))(2) // → 12
 */
export function grad<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): <Q extends Given<Tensor>>(x: Q, ...rest: Rest) => GradientOf<Q>;
export function grad<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): <Q extends Given<P>>(parameters: Q, ...rest: Rest) => GradientOf<Q>;
export function grad(f: (parameters: Tensor, ...rest: never[]) => TensorLike): unknown {
  const both = valueAndGrad(f);
  return (parameters: Tensor, ...rest: never[]) => both(parameters, ...rest).gradient;
}

function oneOutput(result: TensorLike): Tensor {
  if (result instanceof Promise) {
    throw new TypeError(
      "grad needs a function that returns at once, but this one returned a promise.\n" +
        "Hint: load data before, and pass it as a further argument.",
    );
  }
  const output = asTensor(result);
  if (output.size === 1) return output;
  throw new TypeError(
    `grad needs a function with one output, but this one returned shape [${output.shape}].\n` +
      `Hint: reduce first, for example loss(prediction, target).sum().`,
  );
}

/** Sums a gradient over the axes along which its input was repeated. */
export function fitted(gradient: Tensor, input: Tensor): Tensor {
  if (sameShape(gradient.shape, input.shape)) return gradient;
  const missing = gradient.shape.length - input.shape.length;
  let fit = missing < 0 ? spreadTo(gradient, input.shape) : gradient;
  fit.shape.forEach((length, axis) => {
    const repeated = axis < missing || (input.shape[axis - missing] === 1 && length !== 1);
    if (repeated) fit = sum(fit, { axis, keepDims: true });
  });
  const short = reshape(fit, fit.shape.slice(Math.max(0, missing)));
  return sameShape(short.shape, input.shape) ? short : spreadTo(short, input.shape);
}
