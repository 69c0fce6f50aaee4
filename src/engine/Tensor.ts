import type { Methods } from "./methods.ts";
import { type Shape, sizeOf } from "./shape.ts";
import type { Step } from "./tape.ts";

/** 64-bit floats unless 32-bit ones were asked for. */
export type DType = "float64" | "float32";

/** The numbers of a tensor, row by row. */
export type Values = Float64Array | Float32Array;

/** Numbers within numbers, as deep as the tensor has axes. */
export type Nested = number | readonly Nested[];

/** What operations take: a tensor, a number, nested arrays, or a typed array (one axis). */
export type TensorLike = Nested | Tensor | Values;

/**
 * An n-dimensional array of numbers, row-major, that never changes.
 * Every operation gives a new tensor, so an old one can be kept, drawn and compared.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).matmul([1, 1])   // → [3, 7]
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: methods.ts defines every one of Methods on the prototype, and its type makes a missing one not compile.
export class Tensor {
  readonly shape: Shape;
  readonly size: number;
  readonly dtype: DType;
  /** The numbers themselves, row by row. Read them; copy with `.slice()` before changing anything. */
  readonly data: Values;
  /** How it was computed, while a derivative is being taken. */
  step: Step | undefined;

  constructor(data: Values, shape: Shape) {
    this.data = data;
    this.shape = shape;
    this.size = sizeOf(shape);
    this.dtype = data instanceof Float32Array ? "float32" : "float64";
    this.step = undefined;
  }
}
export interface Tensor extends Methods {}
