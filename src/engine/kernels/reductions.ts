import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage, type Values } from "../memory/Storage.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isWatching, note } from "../trace.ts";
import { foldColumns, foldRows, type Join } from "../wasm/reductions.ts";
import { compiled, type Kernel } from "./compiled.ts";

export type ReductionName = "sum" | "max" | "min";

const joins: Record<ReductionName, Join> = { sum: "add", max: "max", min: "min" };
const neutral: Record<ReductionName, number> = { sum: 0, max: -Infinity, min: Infinity };

/**
 * Longer rows are folded in pieces, and the pieces' sums are added up with what rounding takes beside them: so the
 * sum of many is as exact as that of a piece.
 */
export const piece = 128;

/** The same for columns, which are added one after the other, and not in several sums side by side. */
const columnPiece = 32;

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
  if (isWatching()) noteFold(name, x.storage, out, outer, length, inner);
  return new Tensor(out.settle(), shape);
}

/** A function of its own, because what a closure takes along costs also where it is not made. */
function noteFold(
  name: ReductionName,
  input: Storage,
  output: Storage,
  outer: number,
  length: number,
  inner: number,
): void {
  note({
    inputs: [input],
    output,
    run: (to, [at]) => fold(name, input.dtype, to, at!, outer, length, inner),
    name: name === "sum" ? "linear" : name,
    ...(name === "sum" && output.size === 1 && length > 0 && { total: true }),
  });
}

/** The sum of the products of two lists of one kind, no longer than a piece: to the last bit what a product and a sum give. */
export function dotOf(x: Tensor, y: Tensor): Tensor {
  const { size, dtype } = x;
  const [from, by] = [x.storage.address, y.storage.address];
  const out = Storage.empty(1, dtype);
  dotKernel(dtype)(out.address, from, by, 1, size);
  return new Tensor(out.settle(), []);
}

/** Writes the sum of so many numbers. */
export function sumInto(dtype: DType, out: number, from: number, length: number): void {
  fold("sum", dtype, out, from, 1, length, 1);
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
  else if (inner > 1)
    for (let o = 0; o < outer; o++) {
      const at = from + o * length * inner * bytes;
      if (name === "sum") columnSums(dtype, out + o * inner * bytes, at, length, inner);
      else columns(name, dtype)(out + o * inner * bytes, at, length, inner * bytes);
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
  if (name !== "sum" || length <= piece) {
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
    foldPieces(dtype, out + row * bytes, parts.address, parts.size);
  }
}

function columnSums(dtype: DType, out: number, from: number, length: number, inner: number): void {
  const rowBytes = inner * bytesOf(dtype);
  const foldColumn = columns("sum", dtype);
  if (length <= columnPiece) {
    foldColumn(out, from, length, rowBytes);
    return;
  }
  const count = Math.ceil(length / columnPiece);
  const parts = Storage.empty(count * inner, dtype).address;
  for (let part = 0; part < count; part++) {
    const first = part * columnPiece;
    const many = Math.min(columnPiece, length - first);
    foldColumn(parts + part * rowBytes, from + first * rowBytes, many, rowBytes);
  }
  const bytes = bytesOf(dtype);
  for (let i = 0; i < inner; i++)
    heap[dtype][out / bytes + i] = total(heap[dtype], parts / bytes + i, count, inner);
}

/** Adds up what pieces of a row were folded to. */
export function foldPieces(dtype: DType, out: number, from: number, count: number): void {
  const bytes = bytesOf(dtype);
  heap[dtype][out / bytes] = total(heap[dtype], from / bytes, count, 1);
}

/**
 * The sum of every so manieth number, with what each addition rounds off kept beside.
 * @see Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen. doi:10.1002/zamm.19740540106
 */
function total(numbers: Values, at: number, count: number, stride: number): number {
  let [sum, lost] = [numbers[at]!, 0];
  for (let i = 1; i < count; i++) {
    const value = numbers[at + i * stride]!;
    const next = sum + value;
    const part = next - sum;
    lost += sum - (next - part) + (value - part);
    sum = next;
  }
  // Of an infinite sum the rest is no number.
  return Number.isFinite(lost) ? sum + lost : sum;
}

const dotKernels: Partial<Record<DType, Kernel>> = {};

function dotKernel(dtype: DType): Kernel {
  dotKernels[dtype] ??= compiled(foldRows("dot", dtype, "add", 2));
  return dotKernels[dtype];
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
