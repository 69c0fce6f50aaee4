import { heap } from "../memory/memory.ts";
import { bytesOf, Storage, type Values } from "../memory/Storage.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isVariable, isWatching, note } from "../trace.ts";
import { around } from "./strided.ts";

/** Whole numbers that say which entries are meant, and what throws if one of them is none. */
export interface Indices {
  readonly values: ArrayLike<number>;
  readonly shape: Shape;
  readonly check: (indices: ArrayLike<number>) => void;
  /** Where they are the numbers of a tensor. */
  readonly storage?: Storage;
}

/** Moves numbers of one kind, from where the input begins to where the result begins. */
type Move = (numbers: Values, to: number, from: number, indices: ArrayLike<number>) => void;

/**
 * Indices that are the same in every call belong to the move, which then is linear. Those that depend on the
 * arguments of a watched function are an input like others, and are checked in every repetition.
 */
function moved(x: Tensor, indices: Indices, shape: Shape, move: Move): Tensor {
  const { dtype, storage } = x;
  const { values, check, storage: own } = indices;
  check(values);
  const from = storage.address;
  const out = Storage.empty(sizeOf(shape), dtype);
  const bytes = bytesOf(dtype);
  const by = (to: number, start: number, indices: ArrayLike<number>) =>
    move(heap[dtype], to / bytes, start / bytes, indices);
  by(out.address, from, values);
  if (own !== undefined && isVariable(own)) {
    const run = (to: number, [start, at]: readonly number[]) => {
      const indices = view(own, at!);
      check(indices);
      by(to, start!, indices);
    };
    note({ inputs: [storage, own], output: out, run });
  } else if (isWatching()) {
    const run = (to: number, [start]: readonly number[]) => by(to, start!, values);
    note({ inputs: [storage], output: out, run, name: "linear" });
  }
  return new Tensor(out.settle(), shape);
}

function view({ dtype, size }: Storage, address: number): Values {
  const start = address / bytesOf(dtype);
  return heap[dtype].subarray(start, start + size);
}

/** Slices of x along an axis, in the order of their indices. */
export function picked(x: Tensor, indices: Indices, axis: number): Tensor {
  const { outer, length, inner } = around(x.shape, axis);
  const shape = x.shape.with(axis, indices.values.length);
  return moved(x, indices, shape, (numbers, to, from, at) => {
    let next = to;
    for (let o = 0; o < outer; o++)
      for (let which = 0; which < at.length; which++) {
        const start = from + (o * length + at[which]!) * inner;
        for (let i = 0; i < inner; i++) numbers[next++] = numbers[start + i]!;
      }
  });
}

/** Slices of x added into zeros of the given shape, each at its index along an axis. */
export function placed(x: Tensor, indices: Indices, axis: number, shape: Shape): Tensor {
  const { outer, length, inner } = around(shape, axis);
  const size = sizeOf(shape);
  return moved(x, indices, shape, (numbers, to, from, at) => {
    numbers.fill(0, to, to + size);
    let next = from;
    for (let o = 0; o < outer; o++)
      for (let which = 0; which < at.length; which++) {
        const start = to + (o * length + at[which]!) * inner;
        for (let i = 0; i < inner; i++) numbers[start + i]! += numbers[next++]!;
      }
  });
}

/** The entry of each row that stands in its column. */
export function pickedInRows(x: Tensor, columns: Indices): Tensor {
  const count = x.shape.at(-1)!;
  return moved(x, columns, columns.shape, (numbers, to, from, at) => {
    for (let row = 0; row < at.length; row++)
      numbers[to + row] = numbers[from + row * count + at[row]!]!;
  });
}

/** Rows of zeros, each with an entry of x in its column. */
export function placedInRows(x: Tensor, columns: Indices, shape: Shape): Tensor {
  const count = shape.at(-1)!;
  return moved(x, columns, shape, (numbers, to, from, at) => {
    numbers.fill(0, to, to + at.length * count);
    for (let row = 0; row < at.length; row++)
      numbers[to + row * count + at[row]!] = numbers[from + row]!;
  });
}
