import { type BinaryName, binaryFormulas, type UnaryName, unaryFormulas } from "../formulas.ts";
import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { broadcastShapes, type Shape, sameShape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isWatching, note } from "../trace.ts";
import { elementwise, type Reach } from "../wasm/elementwise.ts";
import { type VectorName, vectorFormulas } from "../wasm/formulas.ts";
import { type Rows, rowsOf } from "./broadcast.ts";
import { compiled, type Kernel } from "./compiled.ts";
import { spread } from "./strided.ts";

/** Applies a formula to every number. */
export function unary(name: UnaryName, x: Tensor): Tensor {
  if (name in vectorFormulas) return vectors(name as VectorName, x.shape, x);
  return byNumber(x, [x], unaryFormulas[name], name);
}

/** Pairs of numbers that only the engine itself asks for. */
type Extra = "tanhPull" | "atLeast" | "atMost";

/** Applies a formula to pairs of numbers; the shapes are broadcast. */
export function binary(name: BinaryName | Extra, x: Tensor, y: Tensor): Tensor {
  if (x.dtype !== y.dtype) return binary(name, converted(x, "float64"), converted(y, "float64"));
  const shape = broadcastShapes(name, x.shape, y.shape);
  if (name in vectorFormulas) return vectors(name as VectorName, shape, x, y);
  const both = [spread(x, shape), spread(y, shape)];
  return byNumber(both[0]!, both, binaryFormulas[name as BinaryName], name);
}

/** What has no vector form runs number by number; all operands have the same shape. */
function byNumber(
  like: Tensor,
  operands: readonly Tensor[],
  formula: (...numbers: number[]) => number,
  name: string,
): Tensor {
  const { size, dtype } = like;
  const inputs = operands.map((operand) => operand.storage);
  const addresses = inputs.map((input) => input.address);
  const out = Storage.empty(size, dtype);
  const run = (to: number, from: readonly number[]) => {
    const [numbers, bytes] = [heap[dtype], bytesOf(dtype)];
    const [at, x, y] = [to / bytes, from[0]! / bytes, (from[1] ?? 0) / bytes];
    for (let i = 0; i < size; i++) numbers[at + i] = formula(numbers[x + i]!, numbers[y + i]!);
  };
  run(out.address, addresses);
  if (isWatching()) note({ inputs, output: out, run, name });
  return new Tensor(out.settle(), like.shape);
}

/** Takes from x where the condition is not 0, else from y. */
export function choose(condition: Tensor, x: Tensor, y: Tensor): Tensor {
  if (condition.dtype !== x.dtype || x.dtype !== y.dtype) {
    const [c, left, right] = [condition, x, y].map((each) => converted(each, "float64"));
    return choose(c!, left!, right!);
  }
  const both = broadcastShapes("where", x.shape, y.shape);
  return vectors("where", broadcastShapes("where", condition.shape, both), condition, x, y);
}

/** Runs a kernel on operands that are repeated as far as needed. */
function vectors(name: VectorName, shape: Shape, ...operands: Tensor[]): Tensor {
  const size = sizeOf(shape);
  const variant = simpleVariant(operands, shape);
  if (variant >= 0 && !isWatching()) {
    const out = Storage.empty(size, operands[0]!.dtype);
    if (size > 0) runSimply(kernel(name, out.dtype, variant, operands.length), out, operands);
    return new Tensor(out.settle(), shape);
  }
  const rows = rowsOf(
    operands.map((each) => each.shape),
    shape,
  );
  const whole = rows === undefined ? operands.map((each) => spread(each, shape)) : operands;
  // Only now: outside of a derivative an operation ends by clearing the arena, and spread is one.
  const out = Storage.empty(size, operands[0]!.dtype);
  if (size > 0) runRows(name, out, whole, rows ?? oneRow(size, operands.length));
  return new Tensor(out.settle(), shape);
}

/** A bit for each operand that is a single number, or −1 if one is repeated in another way. */
function simpleVariant(operands: readonly Tensor[], shape: Shape): number {
  let variant = 0;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i]!;
    if (sameShape(operand.shape, shape)) continue;
    if (operand.size !== 1) return -1;
    variant |= 1 << i;
  }
  return variant;
}

/** All numbers in one row. Written out, since a spread of the arguments would cost more than a short kernel. */
function runSimply(run: Kernel, out: Storage, [x, y, z]: readonly Tensor[]): void {
  const bytes = out.size * bytesOf(out.dtype);
  const a = x!.storage.address;
  if (y === undefined) run(out.address, a, bytes, 1, 0);
  else if (z === undefined) run(out.address, a, y.storage.address, bytes, 1, 0, 0);
  else run(out.address, a, y.storage.address, z.storage.address, bytes, 1, 0, 0, 0);
}

/** How tensors of the same shape are met: one row of everything. */
function oneRow(size: number, count: number): Rows {
  const [reaches, strides] = [new Array<Reach>(count).fill("each"), new Array(count).fill(0)];
  return { rows: 1, length: size, reaches, strides };
}

function runRows(name: VectorName, out: Storage, operands: readonly Tensor[], rows: Rows): void {
  const bytes = bytesOf(out.dtype);
  let variant = 0;
  rows.reaches.forEach((reach, i) => {
    if (reach === "single") variant |= 1 << i;
  });
  const call = kernel(name, out.dtype, variant, operands.length);
  const strides = rows.strides.map((stride) => stride * bytes);
  const run = (to: number, from: readonly number[]) =>
    call(to, ...from, rows.length * bytes, rows.rows, ...strides);
  const inputs = operands.map((each) => each.storage);
  run(
    out.address,
    inputs.map((input) => input.address),
  );
  if (isWatching()) note({ inputs, output: out, run, map: { name, rows } });
}

const kernels: Record<DType, Partial<Record<VectorName, Kernel[]>>> = { float64: {}, float32: {} };

/** @param variant a bit for each operand that has a single number for a row */
function kernel(name: VectorName, dtype: DType, variant: number, count: number): Kernel {
  kernels[dtype][name] ??= [];
  const variants = kernels[dtype][name];
  const known = variants[variant];
  if (known !== undefined) return known;
  const reaches = Array.from({ length: count }, (_, i): Reach => {
    return variant & (1 << i) ? "single" : "each";
  });
  const made = compiled(elementwise(name, dtype, reaches, vectorFormulas[name]));
  variants[variant] = made;
  return made;
}

/** The same numbers in another precision. */
export function converted(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  const { size } = x;
  const from = x.storage.address;
  const out = Storage.empty(size, dtype);
  const run = (to: number, [at]: readonly number[]) => {
    const [source, start] = [heap[x.dtype], at! / bytesOf(x.dtype)];
    heap[dtype].set(source.subarray(start, start + size), to / bytesOf(dtype));
  };
  run(out.address, [from]);
  if (isWatching()) note({ inputs: [x.storage], output: out, run, name: "linear" });
  return new Tensor(out.settle(), x.shape);
}
