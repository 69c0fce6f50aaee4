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
  return byNumber(x, [x], unaryFormulas[name]);
}

/** Applies a formula to pairs of numbers; the shapes are broadcast. */
export function binary(name: BinaryName | "tanhPull", x: Tensor, y: Tensor): Tensor {
  if (x.dtype !== y.dtype) return binary(name, converted(x, "float64"), converted(y, "float64"));
  const shape = broadcastShapes(name, x.shape, y.shape);
  if (name in vectorFormulas) return vectors(name as VectorName, shape, x, y);
  const both = [spread(x, shape), spread(y, shape)];
  return byNumber(both[0]!, both, binaryFormulas[name as BinaryName]);
}

/** What has no vector form runs number by number; all operands have the same shape. */
function byNumber(
  like: Tensor,
  operands: readonly Tensor[],
  formula: (...numbers: number[]) => number,
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
  if (isWatching()) note({ inputs, output: out, run });
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

/** How tensors of the same shape are met: one row of everything. */
function oneRow(size: number, count: number): Rows {
  const [reaches, strides] = [new Array<Reach>(count).fill("each"), new Array(count).fill(0)];
  return { rows: 1, length: size, reaches, strides };
}

/** Runs a kernel on operands that are repeated as far as needed. */
function vectors(name: VectorName, shape: Shape, ...operands: Tensor[]): Tensor {
  const size = sizeOf(shape);
  const same = operands.every((operand) => sameShape(operand.shape, shape));
  const rows = same
    ? oneRow(size, operands.length)
    : rowsOf(
        operands.map((each) => each.shape),
        shape,
      );
  const whole = rows === undefined ? operands.map((each) => spread(each, shape)) : operands;
  // Only now: outside of a derivative an operation ends by clearing the arena, and spread is one.
  const out = Storage.empty(size, operands[0]!.dtype);
  if (size > 0) runRows(name, out, whole, rows ?? oneRow(size, operands.length));
  return new Tensor(out.settle(), shape);
}

function runRows(name: VectorName, out: Storage, operands: readonly Tensor[], rows: Rows): void {
  const bytes = bytesOf(out.dtype);
  const call = kernel(name, out.dtype, rows.reaches);
  const [x, y, z] = operands;
  const [first, second, third] = rows.strides as [number, number, number];
  const rowBytes = rows.length * bytes;
  // Written out, since a spread of the arguments would cost more than a short kernel.
  if (y === undefined) call(out.address, x!.storage.address, rowBytes, rows.rows, first * bytes);
  else if (z === undefined) {
    const [a, b] = [x!.storage.address, y.storage.address];
    call(out.address, a, b, rowBytes, rows.rows, first * bytes, second * bytes);
  } else {
    const [a, b, c] = [x!.storage.address, y.storage.address, z.storage.address];
    const strides = [first * bytes, second * bytes, third * bytes] as const;
    call(out.address, a, b, c, rowBytes, rows.rows, ...strides);
  }
  if (isWatching()) {
    const strides = rows.strides.map((stride) => stride * bytes);
    const run = (to: number, from: readonly number[]) =>
      call(to, ...from, rowBytes, rows.rows, ...strides);
    note({ inputs: operands.map((each) => each.storage), output: out, run, map: { name, rows } });
  }
}

const kernels: Record<DType, Partial<Record<VectorName, Kernel[]>>> = { float64: {}, float32: {} };

function kernel(name: VectorName, dtype: DType, reaches: readonly Reach[]): Kernel {
  kernels[dtype][name] ??= [];
  const variants = kernels[dtype][name];
  let variant = 0;
  for (let i = 0; i < reaches.length; i++) if (reaches[i] === "single") variant |= 1 << i;
  const known = variants[variant];
  if (known !== undefined) return known;
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
  if (isWatching()) note({ inputs: [x.storage], output: out, run });
  return new Tensor(out.settle(), x.shape);
}
