import { ShapeError, stridesOf } from "./shape.ts";
import type { Nested, Tensor } from "./Tensor.ts";
import { noteReading } from "./trace.ts";

/**
 * The number of a tensor that holds just one.
 *
 * @throws ShapeError when there are more or none
 */
export function item(tensor: Tensor): number {
  if (tensor.size === 1) {
    noteReading(tensor.storage, "it reads numbers that depend on the arguments");
    return tensor.storage.first;
  }
  throw new ShapeError(
    `item needs a tensor with one number, but this one has shape [${tensor.shape}].\n` +
      `Hint: reduce it first (.mean(), .sum()) or read .toArray().`,
  );
}

/** Numbers within arrays, as deep as there are axes; a plain number for shape `[]`. */
export function toArray(tensor: Tensor): Nested {
  const { shape, data } = tensor;
  const strides = stridesOf(shape);
  const build = (axis: number, from: number): Nested =>
    axis === shape.length
      ? data[from]!
      : Array.from({ length: shape[axis]! }, (_, i) => build(axis + 1, from + i * strides[axis]!));
  return build(0, 0);
}

/** One line for reading: shape and the first numbers. */
export function text(tensor: Tensor): string {
  if (!tensor.storage.isThere)
    return `tensor([${tensor.shape}]: gone with the derivative that computed it; .keep() it inside)`;
  const head = Array.from(tensor.data.slice(0, 6), (value) => String(Number(value.toPrecision(6))));
  const rest = tensor.size > 6 ? `, … ${tensor.size} numbers` : "";
  const kind = tensor.dtype === "float32" ? " float32" : "";
  if (tensor.shape.length === 0) return `tensor(${head[0]}${kind})`;
  return `tensor([${tensor.shape}]${kind}: ${head.join(", ")}${rest})`;
}
