import { type BinaryName, binaryFormulas, type UnaryName, unaryFormulas } from "../formulas.ts";
import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { broadcastShapes, type Shape, sameShape, sizeOf } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { elementwise, type Reach } from "../wasm/elementwise.ts";
import { type VectorName, vectorFormulas } from "../wasm/formulas.ts";
import { type Rows, rowsOf } from "./broadcast.ts";
import { compiled, type Kernel } from "./compiled.ts";
import { spread } from "./strided.ts";

/** Applies a formula to every number. */
export function unary(name: UnaryName, x: Tensor): Tensor {
  const out = Storage.empty(x.size, x.dtype);
  if (x.size > 0) {
    if (name in vectorFormulas) {
      const run = kernel(name as VectorName, x.dtype, 0, 1);
      run(out.address, x.storage.address, x.size * bytesOf(x.dtype), 1, 0);
    } else unaryByNumber(name, x, out);
  }
  return new Tensor(out.settle(), x.shape);
}

function unaryByNumber(name: UnaryName, x: Tensor, out: Storage): void {
  const formula = unaryFormulas[name];
  const [from, to] = [x.storage.address, out.address].map((address) => address / bytesOf(x.dtype));
  const numbers = heap[x.dtype];
  for (let i = 0; i < x.size; i++) numbers[to! + i] = formula(numbers[from! + i]!);
}

/** Applies a formula to pairs of numbers; the shapes are broadcast. */
export function binary(name: BinaryName, x: Tensor, y: Tensor): Tensor {
  if (x.dtype !== y.dtype) return binary(name, converted(x, "float64"), converted(y, "float64"));
  const shape = broadcastShapes(name, x.shape, y.shape);
  if (name in vectorFormulas) return vectors(name as VectorName, shape, x, y);
  return pairByNumber(name, shape, spread(x, shape), spread(y, shape));
}

function pairByNumber(name: BinaryName, shape: Shape, x: Tensor, y: Tensor): Tensor {
  const formula = binaryFormulas[name];
  const [left, right] = [x.data, y.data];
  const values = left.slice();
  for (let i = 0; i < values.length; i++) values[i] = formula(left[i]!, right[i]!);
  return new Tensor(Storage.of(values), shape);
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

function runRows(name: VectorName, out: Storage, operands: readonly Tensor[], layout: Rows): void {
  const bytes = bytesOf(out.dtype);
  const singles = layout.reaches.reduce(
    (bits, reach, i) => bits | (Number(reach === "single") << i),
    0,
  );
  kernel(name, out.dtype, singles, operands.length)(
    out.address,
    ...operands.map((operand) => operand.storage.address),
    layout.length * bytes,
    layout.rows,
    ...layout.strides.map((stride) => stride * bytes),
  );
}

const kernels: Record<DType, Partial<Record<VectorName, Kernel[]>>> = { float64: {}, float32: {} };

/** @param singles a bit for each operand that has a single number for a row */
function kernel(name: VectorName, dtype: DType, singles: number, count: number): Kernel {
  kernels[dtype][name] ??= [];
  const variants = kernels[dtype][name];
  variants[singles] ??= compiled(
    elementwise(
      name,
      dtype,
      Array.from({ length: count }, (_, i): Reach => (singles & (1 << i) ? "single" : "each")),
      vectorFormulas[name],
    ),
  );
  return variants[singles];
}

/** The same numbers in another precision. */
export function converted(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  const values = dtype === "float64" ? Float64Array.from(x.data) : Float32Array.from(x.data);
  return new Tensor(Storage.of(values), x.shape);
}
