import { type Tensor, type TensorLike, tensor, where } from "../engine/index.ts";
import { aligned } from "./doors.ts";

/**
 * How far each row of one table is from the same row of another: the Euclidean distance.
 * Where two rows are equal the slope does not exist, and 0 is taken. (PyTorch adds 1e-6 to every
 * difference instead.)
 *
 * @throws ShapeError when the shapes differ
 *
 * @example
 * rowDistance([[0, 0], [1, 1]], [[3, 4], [1, 1]])   // → [5, 0]
 */
export function rowDistance(left: TensorLike, right: TensorLike): Tensor {
  const [a, b] = [tensor(left), tensor(right)];
  aligned("rowDistance", a, b);
  const squares = a.sub(b).square().sum(-1);
  const apart = squares.greater(0);
  return where(apart, where(apart, squares, 1).sqrt(), 0);
}
