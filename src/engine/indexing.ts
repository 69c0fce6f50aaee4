import { type Indices, picked, pickedInRows, placed, placedInRows } from "./kernels/indexed.ts";
import { axisOf, type Shape, ShapeError, sameShape } from "./shape.ts";
import type { Tensor, TensorLike } from "./Tensor.ts";
import { record } from "./tape.ts";
import { asTensor, filled } from "./values.ts";

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
  const of = () => `axis ${at} of shape [${x.shape}]`;
  return gatherAt(x, indicesBelow("gather", x.shape[at]!, of, indices), at);
}

const gatherAt = (x: Tensor, at: Indices, axis: number): Tensor =>
  record(picked(x, at, axis), [x], [(g) => scatterAt(g, at, axis, x.shape)]);

/** The transpose of `gatherAt`: adds slices of g into zeros at their indices. */
const scatterAt = (g: Tensor, at: Indices, axis: number, shape: Shape): Tensor =>
  record(placed(g, at, axis, shape), [g], [(gg) => gatherAt(gg, at, axis)]);

/** Indices with the check that each is a whole number from 0 to length − 1. */
function indicesBelow(
  operation: string,
  length: number,
  of: () => string,
  indices: TensorLike,
): Indices {
  const check = (indices: ArrayLike<number>) => {
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]!;
      if (Number.isInteger(index) && index >= 0 && index < length) continue;
      throw new RangeError(
        `${operation} needs whole numbers from 0 to ${length - 1} for ${of()}, but entry ${i} is ${index}.\n` +
          `Hint: indices start at 0.`,
      );
    }
  };
  // A batch is a plain list in most cases, and anew in each step: no numbers of a tensor are made of it.
  if (isList(indices)) return { values: indices.slice(), shape: [indices.length], check };
  const { storage, shape } = asTensor(indices);
  return { values: storage.values, shape, check, storage };
}

const isList = (indices: TensorLike): indices is readonly number[] =>
  Array.isArray(indices) && indices.every((index) => typeof index === "number");

/**
 * Class numbers as rows with a single 1.
 *
 * @throws RangeError when a class is not a whole number from 0 to count − 1
 * @example
 * oneHot([0, 2], 3)   // → [[1, 0, 0], [0, 0, 1]]
 */
export function oneHot(classes: TensorLike, count: number): Tensor {
  const columns = indicesBelow("oneHot", count, () => `${count} classes`, classes);
  return placedInRows(filled(1, columns.shape), columns, [...columns.shape, count]);
}

/**
 * One entry of each row: x[i, columns[i]]. What cross-entropy takes from log probabilities.
 *
 * @throws ShapeError when there is not one column for each row
 * @throws RangeError when a column is not there
 * @example
 * pick([[1, 2], [3, 4]], [1, 0])   // → [2, 3]
 */
export function pick(value: TensorLike, columns: TensorLike): Tensor {
  const x = asTensor(value);
  const count = x.shape.at(-1) ?? 0;
  const at = indicesBelow("pick", count, () => `the ${count} columns`, columns);
  if (!sameShape(at.shape, x.shape.slice(0, -1))) {
    throw new ShapeError(
      `pick needs one column for each row, but got values of shape [${x.shape}] and columns of shape [${at.shape}].\n` +
        `Hint: columns need the shape [${x.shape.slice(0, -1)}].`,
    );
  }
  return pickAt(x, at);
}

const pickAt = (x: Tensor, columns: Indices): Tensor =>
  record(pickedInRows(x, columns), [x], [(g) => putAt(g, columns, x.shape)]);

/** The transpose of `pickAt`: rows of zeros with an entry of g each. */
const putAt = (g: Tensor, columns: Indices, shape: Shape): Tensor =>
  record(placedInRows(g, columns, shape), [g], [(gg) => pickAt(gg, columns)]);
