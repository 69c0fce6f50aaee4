import { slice } from "./indexing.ts";
import { converted } from "./kernels/elementwise.ts";
import { joined, spread, strided } from "./kernels/strided.ts";
import {
  axisOf,
  checkedShape,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
  stridesOf,
} from "./shape.ts";
import { Tensor, type TensorLike } from "./Tensor.ts";
import { asItIs, type Pullbacks, record } from "./tape.ts";
import { asTensor } from "./values.ts";

/**
 * The same numbers under another shape; one length may be −1, "whatever is left".
 *
 * @throws ShapeError when the counts differ
 * @example
 * reshape([1, 2, 3, 4], [2, -1])   // → [[1, 2], [3, 4]]
 */
export function reshape(value: TensorLike, shape: Shape): Tensor {
  const x = asTensor(value);
  return record(new Tensor(x.storage, completed(shape, x)), [x], reshapeBack);
}
const reshapeBack: Pullbacks<readonly [Tensor]> = [(g, [x]) => reshape(g, x.shape)];

function completed(shape: Shape, x: Tensor): Shape {
  if (!Array.isArray(shape)) checkedShape("reshape", shape);
  const known = sizeOf(shape.filter((length) => length !== -1));
  const full = shape.map((length) => (length === -1 ? x.size / known : length));
  if (sizeOf(full) === x.size && full.every(Number.isInteger)) return full;
  throw new ShapeError(
    `reshape cannot lay the ${x.size} numbers of shape [${x.shape}] out as [${shape}].\n` +
      `Hint: the product of the lengths must stay ${x.size}; one length may be -1.`,
  );
}

/**
 * Repeats a tensor over a larger shape, as operations do by themselves.
 *
 * @example
 * spreadTo([1, 2], [2, 2])   // → [[1, 2], [1, 2]]
 */
export function spreadTo(value: TensorLike, shape: Shape): Tensor {
  const x = asTensor(value);
  return sameShape(x.shape, shape) ? x : record(spread(x, shape), [x], asItIs);
}

/**
 * Axes in reverse order, or in the order given: rows become columns.
 *
 * @example
 * transpose([[1, 2, 3], [4, 5, 6]])   // → [[1, 4], [2, 5], [3, 6]]
 */
export function transpose(value: TensorLike, order?: readonly number[]): Tensor {
  const x = asTensor(value);
  const axes = order ?? x.shape.map((_, i) => x.shape.length - 1 - i);
  if ([...axes].sort((a, b) => a - b).join() !== x.shape.map((_, i) => i).join()) {
    throw new ShapeError(
      `transpose needs every axis of shape [${x.shape}] once, but got [${axes}].\n` +
        `Hint: leave the order out to reverse all axes.`,
    );
  }
  const own = stridesOf(x.shape);
  const shape = axes.map((axis) => x.shape[axis]!);
  const turned = strided(
    x,
    shape,
    axes.map((axis) => own[axis]!),
  );
  const back = axes.map((_, axis) => axes.indexOf(axis));
  return record(turned, [x], [(g) => transpose(g, back)]);
}

/**
 * One entry along an axis (the first unless said otherwise), and without that axis: a number of a list, a row
 * of a table. Negative counts from the end.
 *
 * @throws RangeError when there is none
 * @example
 * at([[1, 2], [3, 4]], 1)        // → [3, 4]
 * at([[1, 2], [3, 4]], -1, 1)    // → [2, 4]
 */
export function at(value: TensorLike, index: number, axis = 0): Tensor {
  const x = asTensor(value);
  const along = axisOf("at", axis, x.shape);
  const length = x.shape[along]!;
  const from = index < 0 ? index + length : index;
  if (!Number.isInteger(from) || from < 0 || from >= length) {
    throw new RangeError(
      `at needs a whole index below ${length} for axis ${along} of shape [${x.shape}], but got ${index}.\n` +
        `Hint: the first is 0, the last -1.`,
    );
  }
  return reshape(slice(x, from, from + 1, along), x.shape.toSpliced(along, 1));
}

/**
 * Puts tensors one after the other along an axis (the first unless said otherwise).
 *
 * @example
 * concat([[1, 2], [3]])   // → [1, 2, 3]
 */
export function concat(values: readonly TensorLike[], axis = 0): Tensor {
  const parts = values.map((value) => asTensor(value));
  const first = parts[0];
  if (first === undefined)
    throw new RangeError(
      "concat needs at least one tensor, but got none.\nHint: start from zeros([0]).",
    );
  const at = axisOf("concat", axis, first.shape);
  for (const part of parts) checkBeside(first.shape, part.shape, at);
  let offset = 0;
  const pulls = parts.map((part) => {
    const from = offset;
    offset += part.shape[at]!;
    const to = offset;
    return (g: Tensor) => slice(g, from, to, at);
  });
  const dtype = parts.some((part) => part.dtype === "float64") ? "float64" : "float32";
  const alike = parts.map((part) => converted(part, dtype));
  return record(joined(alike, at), parts, pulls);
}

function checkBeside(left: Shape, right: Shape, axis: number): void {
  const rest = (shape: Shape) => shape.filter((_, i) => i !== axis);
  if (left.length === right.length && sameShape(rest(left), rest(right))) return;
  throw new ShapeError(
    `concat along axis ${axis} got shapes [${left}] and [${right}], which differ elsewhere.\n` +
      `Hint: only axis ${axis} may differ.`,
  );
}

/**
 * Makes a new axis (the first unless said otherwise) out of tensors of one shape.
 *
 * @example
 * stack([[1, 2], [3, 4]], 1)   // → [[1, 3], [2, 4]]
 */
export function stack(values: readonly TensorLike[], axis = 0): Tensor {
  const parts = values.map((value) => asTensor(value));
  return concat(
    parts.map((part) => {
      const at = axis < 0 ? axis + part.shape.length + 1 : axis;
      return reshape(part, [...part.shape.slice(0, at), 1, ...part.shape.slice(at)]);
    }),
    axis,
  );
}
