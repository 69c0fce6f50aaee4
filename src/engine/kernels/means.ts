import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isWatching } from "../trace.ts";
import { asTensor } from "../values.ts";
import { binary, entrywise } from "./elementwise.ts";
import { reduceMiddle, sumInto } from "./reductions.ts";
import { repeat, spread } from "./strided.ts";

const quotient = entrywise("div");

/** The mean of all entries, their sum divided where it lies. A compiled function repeats sum and quotient one by one. */
export function meanOf(x: Tensor): Tensor {
  const { size, dtype } = x;
  if (isWatching())
    return binary(quotient, [reduceMiddle("sum", x, 1, size, []), asTensor(size, dtype)]);
  const from = x.storage.address;
  const out = Storage.empty(1, dtype);
  sumInto(dtype, out.address, from, size);
  heap[dtype][out.address / bytesOf(dtype)]! /= inKind(size, dtype);
  return new Tensor(out.settle(), []);
}

/** A single number shared out evenly over a shape, as a gradient is that flows back through a mean. */
export function sharedOut(g: Tensor, shape: Shape): Tensor {
  const { dtype } = g;
  const size = sizeOf(shape);
  if (isWatching()) return spread(binary(quotient, [g, asTensor(size, dtype)]), shape);
  const share = g.storage.first / inKind(size, dtype);
  const out = Storage.empty(size, dtype);
  repeat(dtype, size, out.address, share);
  return new Tensor(out.settle(), shape);
}

/** A count as a number of the kind that it divides. */
const inKind = (count: number, dtype: DType) => (dtype === "float32" ? Math.fround(count) : count);
