import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isWatching, note } from "../trace.ts";
import { foldColumns, foldRows, type Join } from "../wasm/reductions.ts";
import { compiled, type Kernel } from "./compiled.ts";

export type ReductionName = "sum" | "max" | "min";

const joins: Record<ReductionName, Join> = { sum: "add", max: "max", min: "min" };
const neutral: Record<ReductionName, number> = { sum: 0, max: -Infinity, min: Infinity };

/** Longer rows are folded in pieces, and the pieces' results again: so the rounding error hardly grows with the length. */
export const piece = 1024;

/** Folds the middle axis of a tensor seen as [outer, length, inner]. */
export function reduceMiddle(
  name: ReductionName,
  x: Tensor,
  outer: number,
  length: number,
  shape: Shape,
): Tensor {
  const from = x.storage.address;
  const out = Storage.empty(sizeOf(shape), x.dtype);
  const { dtype } = x;
  const inner = outer === 0 ? 0 : out.size / outer;
  fold(name, dtype, out.address, from, outer, length, inner);
  if (isWatching())
    note({
      inputs: [x.storage],
      output: out,
      run: (to, [at]) => fold(name, dtype, to, at!, outer, length, inner),
      name: name === "sum" ? "linear" : name,
      ...(name === "sum" && out.size === 1 && length > 0 && { total: true }),
    });
  return new Tensor(out.settle(), shape);
}

function fold(
  name: ReductionName,
  dtype: DType,
  out: number,
  from: number,
  outer: number,
  length: number,
  inner: number,
): void {
  const bytes = bytesOf(dtype);
  if (length === 0) heap[dtype].fill(neutral[name], out / bytes, out / bytes + outer * inner);
  else if (inner === 1) rows(name, dtype, out, from, outer, length);
  else if (inner > 1) {
    for (let o = 0; o < outer; o++) {
      const at = from + o * length * inner * bytes;
      columns(name, dtype)(out + o * inner * bytes, at, length, inner * bytes);
    }
  }
}

function rows(
  name: ReductionName,
  dtype: DType,
  out: number,
  from: number,
  count: number,
  length: number,
): void {
  const foldRow = rowKernel(name, dtype);
  if (length <= piece) {
    foldRow(out, from, count, length);
    return;
  }
  const bytes = bytesOf(dtype);
  const pieces = Math.floor(length / piece);
  const rest = length - pieces * piece;
  const parts = Storage.empty(pieces + Number(rest > 0), dtype);
  for (let row = 0; row < count; row++) {
    const start = from + row * length * bytes;
    foldRow(parts.address, start, pieces, piece);
    if (rest > 0) foldRow(parts.address + pieces * bytes, start + pieces * piece * bytes, 1, rest);
    rows(name, dtype, out + row * bytes, parts.address, 1, parts.size);
  }
}

/** Adds up what pieces of a row were folded to. */
export function foldPieces(dtype: DType, out: number, from: number, count: number): void {
  rows("sum", dtype, out, from, 1, count);
}

type Kernels = Record<DType, Partial<Record<ReductionName, Kernel>>>;
const rowKernels: Kernels = { float64: {}, float32: {} };
const columnKernels: Kernels = { float64: {}, float32: {} };

function rowKernel(name: ReductionName, dtype: DType): Kernel {
  rowKernels[dtype][name] ??= compiled(foldRows(name, dtype, joins[name]));
  return rowKernels[dtype][name];
}

function columns(name: ReductionName, dtype: DType): Kernel {
  columnKernels[dtype][name] ??= compiled(foldColumns(name, dtype, joins[name]));
  return columnKernels[dtype][name];
}
