import { type Differentiable, derivative, seedOf } from "./derivative.ts";
import { concat, reshape } from "./layout.ts";
import type { Parameters } from "./parameters.ts";
import { pullBack } from "./pullBack.ts";
import type { Tensor, TensorLike } from "./Tensor.ts";
import { listed } from "./values.ts";

/**
 * All first derivatives of a function with several outputs: for an output of shape `s` and parameters of
 * shape `p` a tensor of shape `[…s, …p]`. Arrays and records of parameters count as one long list.
 *
 * @example
 * jacobian((x) => x.square())(tensor([1, 2]))   // → [[2, 0], [0, 4]]
 */
export function jacobian<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): (x: Parameters, ...rest: Rest) => Tensor;
export function jacobian<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): (parameters: Parameters, ...rest: Rest) => Tensor;
export function jacobian(f: Differentiable): unknown {
  return (parameters: Parameters, ...rest: unknown[]) => {
    const { results } = derivative(f, parameters, rest, (output, leaves) => [
      reshape(rowsBack(output, leaves), [...output.shape, ...shapeOfAll(leaves)]),
    ]);
    return results[0];
  };
}

/**
 * All second derivatives of a function with one output: for parameters of shape `p` a tensor `[…p, …p]`,
 * symmetric and exact. Arrays and records of parameters count as one long list.
 *
 * @example
 * hessian((x) => x.pow(3).sum())(tensor([1, 2]))   // → [[6, 0], [0, 12]]
 */
export function hessian<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
): (x: Parameters, ...rest: Rest) => Tensor;
export function hessian<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
): (parameters: Parameters, ...rest: Rest) => Tensor;
export function hessian(f: Differentiable): unknown {
  return (parameters: Parameters, ...rest: unknown[]) => {
    const { results } = derivative(f, parameters, rest, (output, leaves) => {
      const seed = seedOf("hessian", output);
      const slope = flat(pullBack(output, seed, leaves, true));
      const shape = shapeOfAll(leaves);
      return [reshape(rowsBack(slope, leaves), [...shape, ...shape])];
    });
    return results[0];
  };
}

/** One way back for each entry of the output: the rows of its Jacobian. */
function rowsBack(output: Tensor, leaves: readonly Tensor[]): Tensor {
  const rows = Array.from({ length: output.size }, (_, i) => {
    const seed = new Float64Array(output.size);
    seed[i] = 1;
    const weights = listed(seed, output.shape, output.dtype);
    return reshape(flat(pullBack(output, weights, leaves)), [1, -1]);
  });
  return concat(rows);
}

function flat(tensors: readonly Tensor[]): Tensor {
  return tensors.length === 1
    ? reshape(tensors[0]!, [-1])
    : concat(tensors.map((each) => reshape(each, [-1])));
}

function shapeOfAll(leaves: readonly Tensor[]): readonly number[] {
  return leaves.length === 1
    ? leaves[0]!.shape
    : [leaves.reduce((sum, each) => sum + each.size, 0)];
}
