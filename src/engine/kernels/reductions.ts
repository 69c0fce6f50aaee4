import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { foldColumns, foldRows, type Join } from "../wasm/reductions.ts";
import { compiled, type Kernel } from "./compiled.ts";

export type ReductionName = "sum" | "max" | "min";

const joins: Record<ReductionName, Join> = { sum: "add", max: "max", min: "min" };
const neutral: Record<ReductionName, number> = { sum: 0, max: -Infinity, min: Infinity };

/** Longer rows are folded in pieces, and the pieces' results again: so the rounding error hardly grows with the length. */
const piece = 1024;

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
  const inner = outer === 0 ? 0 : out.size / outer;
  const bytes = bytesOf(x.dtype);
  if (length === 0) {
    heap[x.dtype].fill(neutral[name], out.address / bytes, out.address / bytes + out.size);
  } else if (inner === 1) rows(name, x.dtype, out.address, from, outer, length);
  else if (inner > 1) {
    for (let o = 0; o < outer; o++) {
      const at = from + o * length * inner * bytes;
      columns(name, x.dtype)(out.address + o * inner * bytes, at, length, inner * bytes);
    }
  }
  return new Tensor(out.settle(), shape);
}

function rows(
  name: ReductionName,
  dtype: DType,
  out: number,
  from: number,
  count: number,
  length: number,
): void {
  const fold = rowKernel(name, dtype);
  if (length <= piece) {
    fold(out, from, count, length);
    return;
  }
  const bytes = bytesOf(dtype);
  const pieces = Math.floor(length / piece);
  const rest = length - pieces * piece;
  const parts = Storage.empty(pieces + Number(rest > 0), dtype);
  for (let row = 0; row < count; row++) {
    const start = from + row * length * bytes;
    fold(parts.address, start, pieces, piece);
    if (rest > 0) fold(parts.address + pieces * bytes, start + pieces * piece * bytes, 1, rest);
    rows(name, dtype, out + row * bytes, parts.address, 1, parts.size);
  }
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
