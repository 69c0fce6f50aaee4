import { type Differentiable, derivative, innerProduct, seedOf } from "./derivative.ts";
import {
  type Given,
  type GradientOf,
  leavesOf,
  likeParameters,
  type Parameters,
} from "./parameters.ts";
import { pullBack } from "./pullBack.ts";
import { ShapeError, sameShape } from "./shape.ts";
import { Tensor, type TensorLike } from "./Tensor.ts";
import { leaf } from "./tape.ts";
import { asTensor, filled } from "./values.ts";

/**
 * Vector–Jacobian product: how a weighted sum of the outputs changes with the parameters, at the cost of one
 * way back. The weights are shaped like the output.
 *
 * @example
 * vjp((x) => x.square())(tensor([1, 2]), [10, 100]).gradient   // → [20, 400]
 */
export function vjp<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): <Q extends Given<Tensor>>(
  x: Q,
  weights: TensorLike,
  ...rest: Rest
) => { readonly value: Tensor; readonly gradient: GradientOf<Q> };
export function vjp<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): <Q extends Given<P>>(
  parameters: Q,
  weights: TensorLike,
  ...rest: Rest
) => { readonly value: Tensor; readonly gradient: GradientOf<Q> };
export function vjp(f: Differentiable): unknown {
  return (parameters: Parameters, weights: TensorLike, ...rest: unknown[]) => {
    const { output, results } = derivative(f, parameters, rest, (output, leaves) => {
      const seed = asTensor(weights, output.dtype);
      checkLike("vjp", "the weights", seed, "the output", output);
      return pullBack(output, seed, leaves);
    });
    return { value: output, gradient: likeParameters(parameters, results) };
  };
}

/**
 * Jacobian–vector product: how the outputs change when the parameters move in a direction, which has the
 * structure of the parameters.
 *
 * @example
 * jvp((x) => x.square())(tensor([1, 2]), [1, 0]).tangent   // → [2, 0]
 */
export function jvp<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): (
  x: Given<Tensor>,
  direction: TensorLike,
  ...rest: Rest
) => { readonly value: Tensor; readonly tangent: Tensor };
export function jvp<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): (
  parameters: Given<P>,
  direction: Given<P>,
  ...rest: Rest
) => { readonly value: Tensor; readonly tangent: Tensor };
export function jvp(f: Differentiable): unknown {
  return (parameters: Parameters, direction: Parameters, ...rest: unknown[]) => {
    const { output, results } = derivative(f, parameters, rest, (output, leaves) => {
      // vᵀJ is linear in v, so its own derivative by v in our direction is J · direction.
      const weights = leaf(filled(0, output.shape, output.dtype));
      const pulled = pullBack(output, weights, leaves, true);
      const along = innerProduct(pulled, directionsFor("jvp", leaves, parameters, direction));
      return pullBack(along, seedOf("jvp", along), [weights]);
    });
    return { value: output, tangent: results[0] };
  };
}

/**
 * Hessian–vector product: how the gradient changes when the parameters move in a direction. Exact, at about
 * twice the cost of a gradient, without ever building the Hessian.
 *
 * @example
 * hvp((x) => x.pow(3).sum())(tensor([1, 2]), [1, 1])   // → [6, 12]
 * @see B. Pearlmutter, “Fast exact multiplication by the Hessian”, 1994, doi:10.1162/neco.1994.6.1.147
 */
export function hvp<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): <Q extends Given<Tensor>>(x: Q, direction: TensorLike, ...rest: Rest) => GradientOf<Q>;
export function hvp<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): <Q extends Given<P>>(parameters: Q, direction: Given<P>, ...rest: Rest) => GradientOf<Q>;
export function hvp(f: Differentiable): unknown {
  return (parameters: Parameters, direction: Parameters, ...rest: unknown[]) => {
    const { results } = derivative(f, parameters, rest, (output, leaves) => {
      const seed = seedOf("hvp", output);
      const slope = innerProduct(
        pullBack(output, seed, leaves, true),
        directionsFor("hvp", leaves, parameters, direction),
      );
      return pullBack(slope, seedOf("hvp", slope), leaves);
    });
    return likeParameters(parameters, results);
  };
}

function directionsFor(
  operation: string,
  leaves: readonly Tensor[],
  parameters: unknown,
  direction: unknown,
): Tensor[] {
  // Beside a single tensor, nested arrays can only be its direction.
  const directions =
    parameters instanceof Tensor
      ? [asTensor(direction as TensorLike, parameters.dtype)]
      : leavesOf(direction, "direction");
  if (directions.length !== leaves.length) {
    throw new TypeError(
      `${operation} needs a direction with the structure of the parameters: ${leaves.length} tensors, but got ${directions.length}.\n` +
        `Hint: give one number or tensor for each parameter.`,
    );
  }
  directions.forEach((each, i) => {
    checkLike(operation, `direction ${i}`, each, `parameter ${i}`, leaves[i]!);
  });
  return directions;
}

function checkLike(
  operation: string,
  what: string,
  tensor: Tensor,
  of: string,
  like: Tensor,
): void {
  if (sameShape(tensor.shape, like.shape)) return;
  throw new ShapeError(
    `${operation} needs ${what} shaped like ${of}: [${like.shape}], but got [${tensor.shape}].\n` +
      `Hint: ones and zeros of the right shape are a good start.`,
  );
}
