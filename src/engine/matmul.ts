import { pair } from "./arithmetic.ts";
import { product } from "./kernels/product.ts";
import { reshape } from "./layout.ts";
import { ShapeError } from "./shape.ts";
import type { Tensor, TensorLike } from "./Tensor.ts";
import { record } from "./tape.ts";

/**
 * Rows times columns. A list on the left counts as a row, on the right as a column, and that axis is gone in the result.
 *
 * @throws ShapeError when the inner lengths differ
 * @example
 * matmul([[1, 2], [3, 4]], [[1, 0], [0, 2]])   // → [[1, 4], [3, 8]]
 * matmul([1, 2], [3, 4])                       // → 11
 */
export function matmul(left: TensorLike, right: TensorLike): Tensor {
  const [x, y] = pair(left, right);
  checkRank(x, y);
  const rows = x.shape.length === 1 ? reshape(x, [1, x.size]) : x;
  const columns = y.shape.length === 1 ? reshape(y, [y.size, 1]) : y;
  const result = turned(rows, columns, false, false);
  const shape = [...x.shape.slice(0, -1), ...y.shape.slice(1)];
  return shape.length === 2 ? result : reshape(result, shape);
}

function checkRank(x: Tensor, y: Tensor): void {
  const fits = (tensor: Tensor) => tensor.shape.length === 1 || tensor.shape.length === 2;
  if (fits(x) && fits(y)) return;
  throw new ShapeError(
    `matmul needs tensors of one or two axes, but got shapes [${x.shape}] and [${y.shape}].\n` +
      `Hint: use mul to scale by a single number; reshape more axes to two.`,
  );
}

/** op(x) · op(y), where op transposes if asked; transposing on the way costs nothing. */
function turned(x: Tensor, y: Tensor, turnX: boolean, turnY: boolean): Tensor {
  // For z = x·y: dx = g·yᵀ and dy = xᵀ·g. A factor that came transposed gets its gradient transposed.
  const byX = (g: Tensor) => (turnX ? turned(y, g, turnY, true) : turned(g, y, false, !turnY));
  const byY = (g: Tensor) => (turnY ? turned(g, x, true, turnX) : turned(x, g, !turnX, false));
  return record(product(x, y, turnX, turnY), [x, y], [byX, byY]);
}
