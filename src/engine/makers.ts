import { knownOptions, oneOf } from "../options.ts";
import { cast } from "./cast.ts";
import { reshape } from "./layout.ts";
import { Storage } from "./memory/Storage.ts";
import { checkedShape, type Shape, ShapeError, sameShape, sizeOf } from "./shape.ts";
import { type DType, Tensor, type TensorLike } from "./Tensor.ts";
import { asTensor, filled, listed } from "./values.ts";

/**
 * Makes a tensor from a number, nested arrays or a typed array.
 * The numbers are copied, so a later change of the array does not reach the tensor. Given a tensor, it is the
 * same numbers in another shape or precision, and a derivative passes through.
 *
 * @param options.shape gives a flat list its axes; options.dtype is "float64" unless a Float32Array came in
 * @throws ShapeError when rows differ in length or the shape holds another number of entries
 * @throws RangeError when dtype is neither "float64" nor "float32"
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).shape                     // → [2, 3]
 * tensor([1, 2, 3, 4], { shape: [2, 2] }).toArray()        // → [[1, 2], [3, 4]]
 */
export function tensor(value: TensorLike, options: TensorOptions = {}): Tensor {
  const { shape, dtype } = options;
  knownOptions("tensor", options, ["shape", "dtype"]);
  if (dtype !== undefined) oneOf("dtype", dtype, ["float64", "float32"]);
  if (typeof value === "number" && shape === undefined) return filled(value, [], dtype);
  const made = asTensor(value, dtype);
  if (shape !== undefined && sizeOf(checkedShape("tensor", shape)) !== made.size) {
    throw new ShapeError(
      `tensor got ${made.size} numbers for shape [${shape}], which holds ${sizeOf(shape)}.\n` +
        `Hint: the product of the lengths must equal the count of numbers.`,
    );
  }
  const alike = inPrecision(made, dtype ?? made.dtype, value instanceof Tensor);
  return shape === undefined || sameShape(shape, made.shape) ? alike : reshape(alike, [...shape]);
}

/** What a tensor can be made with. */
export interface TensorOptions {
  /** How long it is along each axis. Default that of the nested arrays; one axis for a typed array. */
  readonly shape?: Shape;
  /** Default `"float64"`, or that of a tensor or typed array. */
  readonly dtype?: DType;
}

/** Numbers that are not a tensor of the caller's need no way back for a derivative, and no kernel. */
function inPrecision(made: Tensor, dtype: DType, isGiven: boolean): Tensor {
  if (made.dtype === dtype) return made;
  if (isGiven) return cast(made, dtype);
  return listed(made.storage.values, made.shape, dtype);
}

/** Zeros everywhere. */
export const zeros = (shape: Shape, dtype?: DType): Tensor =>
  filled(0, checkedShape("zeros", shape), dtype);

/** Ones everywhere. */
export const ones = (shape: Shape, dtype?: DType): Tensor =>
  filled(1, checkedShape("ones", shape), dtype);

/**
 * One number everywhere.
 *
 * @example
 * full([2], 7)   // → [7, 7]
 */
export const full = (shape: Shape, value: number, dtype?: DType): Tensor =>
  filled(value, checkedShape("full", shape), dtype);

/**
 * The identity matrix.
 *
 * @example
 * eye(2)   // → [[1, 0], [0, 1]]
 */
export function eye(length: number): Tensor {
  checkedShape("eye", [length]);
  const data = new Float64Array(length * length);
  for (let i = 0; i < length; i++) data[i * (length + 1)] = 1;
  return new Tensor(Storage.of(data), [length, length]);
}

/**
 * Whole steps from `start` up to but without `end`; with one argument, from 0.
 *
 * @throws RangeError when the step is 0 or not a number
 * @example
 * arange(4)           // → [0, 1, 2, 3]
 * arange(1, 2, 0.25)  // → [1, 1.25, 1.5, 1.75]
 */
export function arange(start: number, end?: number, step = 1): Tensor {
  const [from, to] = end === undefined ? [0, start] : [start, end];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isFinite(count) || step === 0) {
    throw new RangeError(
      `arange needs finite ends and a step other than 0, but got ${from} to ${to} by ${step}.\n` +
        `Hint: for example arange(0, 1, 0.1).`,
    );
  }
  const steps = Float64Array.from({ length: count }, (_, i) => from + i * step);
  return new Tensor(Storage.of(steps), [count]);
}

/**
 * Evenly spaced numbers, both ends included.
 *
 * @example
 * linspace(0, 1, 5)   // → [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(from: number, to: number, count: number): Tensor {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `linspace needs a whole count of at least 1, but got ${count}.\nHint: linspace(0, 1, 5).`,
    );
  }
  const data = new Float64Array(count);
  // From both ends, so that the last one is `to` to the last digit.
  for (let i = 0; i < count; i++) {
    const t = count === 1 ? 0 : i / (count - 1);
    data[i] = t <= 0.5 ? from + (to - from) * t : to - (to - from) * (1 - t);
  }
  return new Tensor(Storage.of(data), [count]);
}
