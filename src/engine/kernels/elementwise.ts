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

/** What is done to pairs of numbers; some of it only the engine itself asks for. */
export type PairName = BinaryName | "tanhPull" | "squarePull" | "atLeast" | "atMost" | "roundedOff";

/** What an operation is given: one or two tensors. */
export type Pair = readonly [Tensor, Tensor];

/**
 * What an operation does to each entry. It is data, since V8 cannot follow calls of closures that differ from
 * operation to operation, and each of them would cost more than a short kernel.
 */
export type Entrywise = InVectors | OneByOne;

/** Its kernels by their variant, each made when it is first needed. */
interface InVectors {
  readonly name: VectorName;
  readonly formula: undefined;
  readonly float64: Kernel[];
  readonly float32: Kernel[];
}

/** What has no vector form runs number by number. */
interface OneByOne {
  readonly name: UnaryName | BinaryName;
  readonly formula: (...numbers: number[]) => number;
}

export function entrywise(name: UnaryName | PairName): Entrywise {
  return isVector(name) ? inVectors(name) : { name, formula: numberFormulas[name] };
}

const inVectors = (name: VectorName): InVectors => {
  return { name, formula: undefined, float64: [], float32: [] };
};
const isVector = (name: string): name is VectorName => name in vectorFormulas;
const numberFormulas = { ...unaryFormulas, ...binaryFormulas };

/** Applies a formula to every number. */
export function unary(what: Entrywise, input: readonly [Tensor]): Tensor {
  return applied(what, input[0].shape, input);
}

/** Applies a formula to pairs of numbers; the shapes are broadcast. */
export function binary(what: Entrywise, pair: Pair): Tensor {
  const [x, y] = pair;
  const shape = broadcastShapes(what.name, x.shape, y.shape);
  if (x.dtype === y.dtype) return applied(what, shape, pair);
  return applied(what, shape, [converted(x, "float64"), converted(y, "float64")]);
}

/** Takes from x where the condition is not 0, else from y. */
export function choose(condition: Tensor, x: Tensor, y: Tensor): Tensor {
  if (condition.dtype !== x.dtype || x.dtype !== y.dtype) {
    const [c, left, right] = [condition, x, y].map((each) => converted(each, "float64"));
    return choose(c!, left!, right!);
  }
  const both = broadcastShapes("where", x.shape, y.shape);
  return applied(takeWhere, broadcastShapes("where", condition.shape, both), [condition, x, y]);
}

const takeWhere = inVectors("where");

/** On tensors of one kind, which are repeated over the shape as far as needed. */
function applied(what: Entrywise, shape: Shape, operands: readonly Tensor[]): Tensor {
  if (what.formula !== undefined) return oneByOne(what, shape, operands);
  const variant = simpleVariant(operands, shape);
  if (variant < 0 || isWatching()) return byRows(what, shape, operands);
  const { dtype } = operands[0]!;
  const out = Storage.empty(sizeOf(shape), dtype);
  if (out.size > 0) runSimply(kernelFor(what, dtype, variant, operands.length), out, operands);
  return new Tensor(out.settle(), shape);
}

function oneByOne({ name, formula }: OneByOne, shape: Shape, operands: readonly Tensor[]): Tensor {
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

function byRows(what: InVectors, shape: Shape, operands: readonly Tensor[]): Tensor {
  const size = sizeOf(shape);
  const rows = rowsOf(
    operands.map((each) => each.shape),
    shape,
  );
  const whole = rows === undefined ? operands.map((each) => spread(each, shape)) : operands;
  // Only now: outside of a derivative an operation ends by clearing the arena, and spread is one.
  const out = Storage.empty(size, operands[0]!.dtype);
  if (size > 0) runRows(what, out, whole, rows ?? oneRow(size, operands.length));
  return new Tensor(out.settle(), shape);
}

/** How tensors of the same shape are met: one row of everything. */
function oneRow(size: number, count: number): Rows {
  const [reaches, strides] = [new Array<Reach>(count).fill("each"), new Array(count).fill(0)];
  return { rows: 1, length: size, reaches, strides };
}

function runRows(what: InVectors, out: Storage, operands: readonly Tensor[], rows: Rows): void {
  const bytes = bytesOf(out.dtype);
  let variant = 0;
  rows.reaches.forEach((reach, i) => {
    if (reach === "single") variant |= 1 << i;
  });
  const call = kernelFor(what, out.dtype, variant, operands.length);
  const inputs = operands.map((each) => each.storage);
  const from = inputs.map((input) => input.address);
  const strides = rows.strides.map((stride) => stride * bytes);
  const run = (to: number, from: readonly number[]) =>
    callRows(call, to, from, rows.length * bytes, rows.rows, strides);
  run(out.address, from);
  if (isWatching()) note({ inputs, output: out, run, map: { name: what.name, rows } });
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

/** The kernel for a kind of numbers; the variant has a bit for each operand with a single number for a row. */
function kernelFor(what: InVectors, dtype: DType, variant: number, count: number): Kernel {
  const kernels = dtype === "float64" ? what.float64 : what.float32;
  const known = kernels[variant];
  if (known !== undefined) return known;
  const reaches = Array.from({ length: count }, (_, i): Reach => {
    return variant & (1 << i) ? "single" : "each";
  });
  const made = compiled(elementwise(what.name, dtype, reaches, vectorFormulas[what.name]));
  kernels[variant] = made;
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
