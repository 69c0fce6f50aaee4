import { type BinaryName, binaryFormulas, type UnaryName, unaryFormulas } from "../formulas.ts";
import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { broadcastShapes, type Shape, sameShape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isWatching, note } from "../trace.ts";
import { elementwise, type Formula, type Reach } from "../wasm/elementwise.ts";
import { type VectorName, vectorFormulas } from "../wasm/formulas.ts";
import { type Rows, rowsOf } from "./broadcast.ts";
import { compiled, type Kernel } from "./compiled.ts";
import { spread } from "./strided.ts";

/** Makes an operation that applies a formula to every number. */
export function unary(name: UnaryName): (input: readonly [Tensor]) => Tensor {
  const run = has(name) ? vectors(name) : byNumber(name, unaryFormulas[name]);
  return (input) => run(input[0].shape, input);
}

/** What is done to pairs of numbers; some of it only the engine itself asks for. */
export type PairName = BinaryName | "tanhPull" | "atLeast" | "atMost" | "roundedOff";

/** What an operation is given: one or two tensors. */
export type Pair = readonly [Tensor, Tensor];

/** Makes an operation that applies a formula to pairs of numbers; the shapes are broadcast. */
export function binary(name: PairName): (pair: Pair) => Tensor {
  const run = has(name) ? vectors(name) : byNumber(name, binaryFormulas[name]);
  return (pair) => {
    const [x, y] = pair;
    const shape = broadcastShapes(name, x.shape, y.shape);
    if (x.dtype === y.dtype) return run(shape, pair);
    return run(shape, [converted(x, "float64"), converted(y, "float64")]);
  };
}

/** Takes from x where the condition is not 0, else from y. */
export function choose(condition: Tensor, x: Tensor, y: Tensor): Tensor {
  if (condition.dtype !== x.dtype || x.dtype !== y.dtype) {
    const [c, left, right] = [condition, x, y].map((each) => converted(each, "float64"));
    return choose(c!, left!, right!);
  }
  const both = broadcastShapes("where", x.shape, y.shape);
  return takeWhere(broadcastShapes("where", condition.shape, both), [condition, x, y]);
}

/** An operation on tensors of one kind, which are repeated over the shape as far as needed. */
type Operation = (shape: Shape, operands: readonly Tensor[]) => Tensor;

/** What has no vector form runs number by number. */
function byNumber(name: string, formula: (...numbers: number[]) => number): Operation {
  return (shape, operands) => {
    const inputs = operands.map((operand) => spread(operand, shape).storage);
    const addresses = inputs.map((input) => input.address);
    const { size, dtype } = inputs[0]!;
    const out = Storage.empty(size, dtype);
    const run = (to: number, from: readonly number[]) => {
      const [numbers, bytes] = [heap[dtype], bytesOf(dtype)];
      const [at, x, y] = [to / bytes, from[0]! / bytes, (from[1] ?? 0) / bytes];
      for (let i = 0; i < size; i++) numbers[at + i] = formula(numbers[x + i]!, numbers[y + i]!);
    };
    run(out.address, addresses);
    if (isWatching()) note({ inputs, output: out, run, name });
    return new Tensor(out.settle(), shape);
  };
}

const has = (name: string): name is VectorName => name in vectorFormulas;

function vectors(name: VectorName): Operation {
  const kernelFor = kernelsOf(name);
  return (shape, operands) => {
    const variant = simpleVariant(operands, shape);
    if (variant < 0 || isWatching()) return byRows(name, kernelFor, shape, operands);
    const { dtype } = operands[0]!;
    const out = Storage.empty(sizeOf(shape), dtype);
    if (out.size > 0) runSimply(kernelFor(dtype, variant, operands.length), out, operands);
    return new Tensor(out.settle(), shape);
  };
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

function byRows(
  name: VectorName,
  kernelFor: KernelFor,
  shape: Shape,
  operands: readonly Tensor[],
): Tensor {
  const size = sizeOf(shape);
  const rows = rowsOf(
    operands.map((each) => each.shape),
    shape,
  );
  const whole = rows === undefined ? operands.map((each) => spread(each, shape)) : operands;
  // Only now: outside of a derivative an operation ends by clearing the arena, and spread is one.
  const out = Storage.empty(size, operands[0]!.dtype);
  if (size > 0) runRows(name, kernelFor, out, whole, rows ?? oneRow(size, operands.length));
  return new Tensor(out.settle(), shape);
}

/** How tensors of the same shape are met: one row of everything. */
function oneRow(size: number, count: number): Rows {
  const [reaches, strides] = [new Array<Reach>(count).fill("each"), new Array(count).fill(0)];
  return { rows: 1, length: size, reaches, strides };
}

function runRows(
  name: VectorName,
  kernelFor: KernelFor,
  out: Storage,
  operands: readonly Tensor[],
  rows: Rows,
): void {
  const bytes = bytesOf(out.dtype);
  let variant = 0;
  rows.reaches.forEach((reach, i) => {
    if (reach === "single") variant |= 1 << i;
  });
  const call = kernelFor(out.dtype, variant, operands.length);
  const inputs = operands.map((each) => each.storage);
  const from = inputs.map((input) => input.address);
  const strides = rows.strides.map((stride) => stride * bytes);
  const run = (to: number, from: readonly number[]) =>
    callRows(call, to, from, rows.length * bytes, rows.rows, strides);
  run(out.address, from);
  if (isWatching()) note({ inputs, output: out, run, map: { name, rows } });
}

/** Written out like runSimply. */
function callRows(
  call: Kernel,
  to: number,
  [x, y, z]: readonly number[],
  rowBytes: number,
  rows: number,
  [overX, overY, overZ]: readonly number[],
): void {
  if (y === undefined) call(to, x!, rowBytes, rows, overX!);
  else if (z === undefined) call(to, x!, y, rowBytes, rows, overX!, overY!);
  else call(to, x!, y, z, rowBytes, rows, overX!, overY!, overZ!);
}

/** Gives the kernel for a kind of numbers; the variant has a bit for each operand with a single number for a row. */
type KernelFor = (dtype: DType, variant: number, count: number) => Kernel;

/** The kernels of an operation, each made when it is first needed. */
function kernelsOf(name: VectorName): KernelFor {
  const formula: Formula = vectorFormulas[name];
  const kernels: Record<DType, Kernel[]> = { float64: [], float32: [] };
  return (dtype, variant, count) => {
    const known = kernels[dtype][variant];
    if (known !== undefined) return known;
    const reaches = Array.from({ length: count }, (_, i): Reach => {
      return variant & (1 << i) ? "single" : "each";
    });
    const made = compiled(elementwise(name, dtype, reaches, formula));
    kernels[dtype][variant] = made;
    return made;
  };
}

const takeWhere = vectors("where");

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
