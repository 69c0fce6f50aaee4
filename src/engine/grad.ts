import { type Differentiable, derivative, seedOf } from "./derivative.ts";
import { type Given, type GradientOf, likeParameters, type Parameters } from "./parameters.ts";
import { pullBack } from "./pullBack.ts";
import type { Tensor, TensorLike } from "./Tensor.ts";

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
export function valueAndGrad(f: Differentiable): unknown {
  return (parameters: Parameters, ...rest: never[]) => {
    const { output, results } = derivative(f, parameters, rest, gradients);
    return { value: output, gradient: likeParameters(parameters, results) };
  };
}

const gradients = (output: Tensor, leaves: readonly Tensor[]): Tensor[] =>
  pullBack(output, seedOf("grad", output), leaves);

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
export function grad(f: Differentiable): unknown {
  const both = valueAndGrad(f as (x: Tensor) => TensorLike);
  return (parameters: Tensor, ...rest: []) => both(parameters, ...rest).gradient;
}
