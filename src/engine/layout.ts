import { converted } from "./kernels/elementwise.ts";
import { joined, picked, placed, spread, strided } from "./kernels/strided.ts";
import { Storage } from "./memory/Storage.ts";
import { axisOf, type Shape, ShapeError, sameShape, sizeOf, stridesOf } from "./shape.ts";
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
 * Entries from `start` up to but without `end` along an axis (the first unless said otherwise); negative counts from the end.
 *
 * @example
 * slice([1, 2, 3, 4], 1, 3)   // → [2, 3]
 */
export function slice(value: TensorLike, start: number, end?: number, axis = 0): Tensor {
  const x = asTensor(value);
  const at = axisOf("slice", axis, x.shape);
  const length = x.shape[at]!;
  const from = bound(start, length);
  const to = Math.max(from, bound(end ?? length, length));
  return gather(
    x,
    Array.from({ length: to - from }, (_, i) => from + i),
    at,
  );
}

const bound = (i: number, length: number) => Math.min(length, Math.max(0, i < 0 ? i + length : i));

/**
 * Picks entries by their index along an axis (the first unless said otherwise), in that order, repeats allowed.
 *
 * @throws RangeError when an index is not there
 * @example
 * gather([10, 20, 30], [2, 0, 0])   // → [30, 10, 10]
 */
export function gather(value: TensorLike, indices: TensorLike, axis = 0): Tensor {
  const x = asTensor(value);
  const at = axisOf("gather", axis, x.shape);
  const picks = asTensor(indices).data;
  checkIndices("gather", picks, x.shape[at]!, `axis ${at} of shape [${x.shape}]`);
  return record(picked(x, picks, at), [x], [(g) => scatter(g, picks, at, x.shape)]);
}

/** The transpose of `gather`: adds slices of g into zeros at their indices. */
function scatter(g: Tensor, picks: Float64Array, axis: number, shape: Shape): Tensor {
  return record(placed(g, picks, axis, shape), [g], [(gg) => gather(gg, picks, axis)]);
}

function checkIndices(operation: string, picks: ArrayLike<number>, length: number, of: string) {
  for (let i = 0; i < picks.length; i++) {
    const index = picks[i]!;
    if (Number.isInteger(index) && index >= 0 && index < length) continue;
    throw new RangeError(
      `${operation} needs whole numbers from 0 to ${length - 1} for ${of}, but entry ${i} is ${index}.\n` +
        `Hint: indices start at 0.`,
    );
  }
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

/**
 * Class numbers as rows with a single 1.
 *
 * @throws RangeError when a class is not a whole number from 0 to count − 1
 * @example
 * oneHot([0, 2], 3)   // → [[1, 0, 0], [0, 0, 1]]
 */
export function oneHot(classes: TensorLike, count: number): Tensor {
  const labels = asTensor(classes);
  checkIndices("oneHot", labels.data, count, `${count} classes`);
  const rows = new Float64Array(labels.size * count);
  labels.data.forEach((label: number, i: number) => {
    rows[i * count + label] = 1;
  });
  return new Tensor(Storage.of(rows), [...labels.shape, count]);
}

/**
 * One entry of each row: x[i, columns[i]]. What cross-entropy takes from log probabilities.
 *
 * @example
 * pick([[1, 2], [3, 4]], [1, 0])   // → [2, 3]
 */
export function pick(value: TensorLike, columns: TensorLike): Tensor {
  const x = asTensor(value);
  const at = asTensor(columns);
  const count = x.shape.at(-1) ?? 0;
  if (!sameShape(at.shape, x.shape.slice(0, -1))) {
    throw new ShapeError(
      `pick needs one column for each row, but got values of shape [${x.shape}] and columns of shape [${at.shape}].\n` +
        `Hint: columns need the shape [${x.shape.slice(0, -1)}].`,
    );
  }
  checkIndices("pick", at.data, count, `the ${count} columns`);
  const flat = Array.from(at.data, (column, row) => row * count + column);
  return reshape(gather(reshape(x, [x.size]), flat), at.shape);
}
