import {
  flatten,
  hessian,
  jacobian,
  type RestoredOf,
  type Tensor,
  type TensorLike,
  type TensorsOf,
  tensor,
  valueAndGrad,
} from "../engine/index.ts";
import type { CurvedProblem, LeastSquares } from "../optimizers/index.ts";

/** Where a minimizer begins, and the way back from its list of numbers. */
export interface Listed<P> {
  /** The parameters as one list: what `minimize` begins with. */
  readonly start: Float64Array;
  /** The parameters that a list of numbers stands for, in the structure they came in. */
  restore(parameters: ArrayLike<number>): RestoredOf<P>;
}

/**
 * A cost of parameters as minimizers ask for it: value, slope and curvature over one list of numbers.
 * For a model, a loss and data: `problemOf((p) => loss(model(p, x), y), model.start())`. All samples have to
 * be in it, since a minimizer takes differences of its values for progress.
 *
 * @example
 * const problem = problemOf((p) => mse()(p.w.mul([1, 2, 3]).add(p.b), [3, 5, 7]), { w: 0, b: 0 });
 * const { last } = minimize(newton(), problem, problem.start);
 * [last.outcome, problem.restore(last.parameters)]   // → ["arrived", { w: 2, b: 1 }]
 */
export function problemOf<P>(
  cost: (parameters: TensorsOf<P>) => TensorLike,
  parameters: P,
): CurvedProblem & Listed<P> {
  const { values, tensors, restore, collect } = flatten(parameters);
  // Of the structure of the parameters, which the cost knows, only one tensor is spoken of here.
  const both = valueAndGrad(cost as unknown as (parameters: Tensor) => TensorLike);
  const bend = hessian(cost as unknown as (parameters: Tensor) => TensorLike);
  return {
    start: values,
    restore,
    valueAndGradient: (list) => {
      const { value, gradient } = both(tensors(list) as Tensor);
      const slopes = collect(gradient as TensorsOf<P>, new Float64Array(list.length));
      return { value: value.item(), gradient: slopes };
    },
    hessian: (list) => rowsOf(bend(tensors(list) as Tensor), list.length),
  };
}

/**
 * Residuals of parameters as `levenbergMarquardt` and `gaussNewton` ask for them; they minimise ½ Σ r².
 * For a model and data: `leastSquaresOf((p) => model(p, x).sub(y), model.start())`.
 *
 * @example
 * const squares = leastSquaresOf((p) => p.a.mul(p.k.mul([0, 1, 2]).exp()).sub([3, 6, 12]), { a: 1, k: 0 });
 * const { last } = minimize(levenbergMarquardt(), squares, squares.start);
 * squares.restore(last.parameters)   // → { a: 3, k: Math.LN2 }
 */
export function leastSquaresOf<P>(
  residuals: (parameters: TensorsOf<P>) => TensorLike,
  parameters: P,
): LeastSquares & Listed<P> {
  const { values, tensors, restore } = flatten(parameters);
  const slopes = jacobian(residuals as unknown as (parameters: Tensor) => TensorLike);
  return {
    start: values,
    restore,
    residualsAndJacobian: (list) => {
      const point = tensors(list);
      const found = tensor(residuals(point));
      return {
        residuals: found.data,
        jacobian: rowsOf(slopes(point as Tensor), list.length),
      };
    },
  };
}

/** A matrix with so many columns, as rows of plain numbers. */
const rowsOf = (matrix: Tensor, columns: number): number[][] =>
  matrix.reshape([-1, columns]).toArray() as number[][];
