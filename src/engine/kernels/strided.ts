import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage, type Values } from "../memory/Storage.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { type Call, isWatching, note } from "../trace.ts";
import { type Rows, rowsOf } from "./broadcast.ts";

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
  return strided(x, shape, strides, rowsOf([x.shape], shape));
}

function repeated(x: Tensor, shape: Shape): Tensor {
  const { dtype, storage } = x;
  const size = sizeOf(shape);
  const from = storage.address;
  const out = Storage.empty(size, dtype);
  repeatAt(dtype, size, out.address, from);
  if (isWatching()) {
    const rows: Rows = { rows: 1, length: size, reaches: ["single"], strides: [0] };
    const run: Call["run"] = (to, [at]) => repeatAt(dtype, size, to, at!);
    note({ inputs: [storage], output: out, run, name: "linear", map: { name: "copy", rows } });
  }
  return new Tensor(out.settle(), shape);
}

const repeatAt = (dtype: DType, count: number, to: number, from: number): void =>
  repeat(dtype, count, to, heap[dtype][from / bytesOf(dtype)]!);

/** Writes a number so many times. */
export function repeat(dtype: DType, count: number, to: number, value: number): void {
  const numbers = heap[dtype];
  const start = to / bytesOf(dtype);
  // For a few numbers a loop is faster than the call of fill.
  if (count > 16) numbers.fill(value, start, start + count);
  else for (let i = start; i < start + count; i++) numbers[i] = value;
}

/** Moves numbers about in the view of their kind, from where each input begins to where the result begins. */
type Move = (numbers: Values, to: number, from: readonly number[]) => void;

function moved(
  inputs: readonly Tensor[],
  size: number,
  shape: Shape,
  rows: Rows | undefined,
  move: Move,
): Tensor {
  const { dtype } = inputs[0]!;
  const storages = inputs.map((input) => input.storage);
  const addresses = storages.map((storage) => storage.address);
  const out = Storage.empty(size, dtype);
  const bytes = bytesOf(dtype);
  const run = (to: number, from: readonly number[]) =>
    move(
      heap[dtype],
      to / bytes,
      from.map((address) => address / bytes),
    );
  run(out.address, addresses);
  const map = rows && ({ name: "copy", rows } as const);
  if (isWatching())
    note({ inputs: storages, output: out, run, name: "linear", ...(map && { map }) });
  return new Tensor(out.settle(), shape);
}

/**
 * Reads numbers in another order: entry (i, j, …) of the result is entry i·s₀ + j·s₁ + … of x.
 *
 * @param rows the same as rows that are repeated, if it is that, so that a loop can do it on its way
 */
export function strided(x: Tensor, shape: Shape, strides: readonly number[], rows?: Rows): Tensor {
  const size = sizeOf(shape);
  return moved([x], size, shape, rows, (numbers, to, from) => {
    walk(numbers, to, size, from[0]!, shape, strides);
  });
}

function walk(
  numbers: Values,
  to: number,
  size: number,
  from: number,
  shape: Shape,
  strides: readonly number[],
): void {
  const last = shape.length - 1;
  const [length, step] = [shape[last] ?? 1, strides[last] ?? 0];
  const position = new Array<number>(Math.max(0, last)).fill(0);
  let start = from;
  for (let at = to; at < to + size; at += length) {
    for (let i = 0; i < length; i++) numbers[at + i] = numbers[start + i * step]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      position[axis]!++;
      if (position[axis]! < shape[axis]!) break;
      start -= strides[axis]! * shape[axis]!;
      position[axis] = 0;
    }
  }
}

/** A shape seen around one axis as [outer, length, inner]. */
export function around(
  shape: Shape,
  axis: number,
): { outer: number; length: number; inner: number } {
  let [outer, inner] = [1, 1];
  for (let i = 0; i < axis; i++) outer *= shape[i]!;
  for (let i = axis + 1; i < shape.length; i++) inner *= shape[i]!;
  return { outer, length: shape[axis]!, inner };
}

/** Tensors of one kind, one after the other along an axis. */
export function joined(parts: readonly Tensor[], axis: number): Tensor {
  const length = parts.reduce((total, part) => total + part.shape[axis]!, 0);
  const shape = parts[0]!.shape.with(axis, length);
  const { outer, inner } = around(shape, axis);
  const widths = parts.map((part) => part.shape[axis]! * inner);
  return moved(parts, sizeOf(shape), shape, undefined, (numbers, to, from) => {
    let at = to;
    for (let o = 0; o < outer; o++)
      widths.forEach((width, p) => {
        const start = from[p]! + o * width;
        for (let i = 0; i < width; i++) numbers[at++] = numbers[start + i]!;
      });
  });
}
