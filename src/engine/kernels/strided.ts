import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";

/** Repeats a tensor over a larger shape. */
export function spread(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (x.size === 1) return repeated(x, shape);
  const missing = shape.length - x.shape.length;
  const own = stridesOf(x.shape);
  const strides = shape.map((_, axis) => {
    const at = axis - missing;
    return at < 0 || x.shape[at] === 1 ? 0 : own[at]!;
  });
  return strided(x, shape, strides);
}

function repeated(x: Tensor, shape: Shape): Tensor {
  const from = numberIndex(x.storage);
  const out = Storage.empty(sizeOf(shape), x.dtype);
  const [numbers, to] = [heap[x.dtype], numberIndex(out)];
  numbers.fill(numbers[from]!, to, to + out.size);
  return new Tensor(out.settle(), shape);
}

/** Where a storage begins in the view of its kind. */
function numberIndex(storage: Storage): number {
  return storage.address / bytesOf(storage.dtype);
}

/** Reads numbers in another order: entry (i, j, …) of the result is entry i·s₀ + j·s₁ + … of x. */
export function strided(x: Tensor, shape: Shape, strides: readonly number[]): Tensor {
  const from = numberIndex(x.storage);
  const out = Storage.empty(sizeOf(shape), x.dtype);
  const [numbers, to] = [heap[x.dtype], numberIndex(out)];
  const last = shape.length - 1;
  const [length, step] = [shape[last] ?? 1, strides[last] ?? 0];
  const position = new Array<number>(Math.max(0, last)).fill(0);
  let start = from;
  for (let at = to; at < to + out.size; at += length) {
    for (let i = 0; i < length; i++) numbers[at + i] = numbers[start + i * step]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      position[axis]!++;
      if (position[axis]! < shape[axis]!) break;
      start -= strides[axis]! * shape[axis]!;
      position[axis] = 0;
    }
  }
  return new Tensor(out.settle(), shape);
}

/** A shape seen around one axis as [outer, length, inner]. */
function around(shape: Shape, axis: number): { outer: number; length: number; inner: number } {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    length: shape[axis]!,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}

/** Slices of x along an axis, in the order of their indices. */
export function picked(x: Tensor, indices: readonly number[], axis: number): Tensor {
  const { outer, length, inner } = around(x.shape, axis);
  const from = numberIndex(x.storage);
  const out = Storage.empty(outer * indices.length * inner, x.dtype);
  const numbers = heap[x.dtype];
  let at = numberIndex(out);
  for (let o = 0; o < outer; o++)
    for (const index of indices) {
      const start = from + (o * length + index) * inner;
      for (let i = 0; i < inner; i++) numbers[at++] = numbers[start + i]!;
    }
  return new Tensor(out.settle(), x.shape.with(axis, indices.length));
}

/** Slices of x added into zeros of the given shape, each at its index along an axis. */
export function placed(x: Tensor, indices: readonly number[], axis: number, shape: Shape): Tensor {
  const { outer, length, inner } = around(shape, axis);
  let from = numberIndex(x.storage);
  const out = Storage.empty(sizeOf(shape), x.dtype);
  const [numbers, to] = [heap[x.dtype], numberIndex(out)];
  numbers.fill(0, to, to + out.size);
  for (let o = 0; o < outer; o++)
    for (const index of indices)
      for (let i = 0; i < inner; i++)
        numbers[to + (o * length + index) * inner + i]! += numbers[from++]!;
  return new Tensor(out.settle(), shape);
}

/** Tensors of one kind, one after the other along an axis. */
export function joined(parts: readonly Tensor[], axis: number, dtype: DType): Tensor {
  const length = parts.reduce((total, part) => total + part.shape[axis]!, 0);
  const shape = parts[0]!.shape.with(axis, length);
  const { outer, inner } = around(shape, axis);
  const sources = parts.map((part) => numberIndex(part.storage));
  const out = Storage.empty(sizeOf(shape), dtype);
  const numbers = heap[dtype];
  let at = numberIndex(out);
  for (let o = 0; o < outer; o++)
    parts.forEach((part, p) => {
      const width = part.shape[axis]! * inner;
      const start = sources[p]! + o * width;
      for (let i = 0; i < width; i++) numbers[at++] = numbers[start + i]!;
    });
  return new Tensor(out.settle(), shape);
}
