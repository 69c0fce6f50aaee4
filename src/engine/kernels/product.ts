import { allocate } from "../memory/arena.ts";
import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { ShapeError } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { isWatching, note } from "../trace.ts";
import { matrixProduct, type Order } from "../wasm/product.ts";
import { rowDots, rowTimesMatrix } from "../wasm/vectorProduct.ts";
import { compiled, type Kernel } from "./compiled.ts";
import { converted } from "./elementwise.ts";

/** Bytes of one step along the inner axis of a panel of the second factor. */
const panelBytes = 32;

/** Rows times columns, either factor transposed on the way if asked. */
export function product(x: Tensor, y: Tensor, turnX: boolean, turnY: boolean): Tensor {
  if (x.dtype !== y.dtype)
    return product(converted(x, "float64"), converted(y, "float64"), turnX, turnY);
  const [rows, inner] = turnX ? [x.shape[1]!, x.shape[0]!] : [x.shape[0]!, x.shape[1]!];
  const [height, columns] = turnY ? [y.shape[1]!, y.shape[0]!] : [y.shape[0]!, y.shape[1]!];
  if (inner !== height) throw misfit(x, y, inner, height);
  const inputs = [x.storage, y.storage];
  const addresses = inputs.map((input) => input.address);
  const out = Storage.empty(rows * columns, x.dtype);
  const sizes = { dtype: x.dtype, rows, columns, inner, turnX, turnY };
  const run = (to: number, from: readonly number[]) => multiply(sizes, to, from[0]!, from[1]!);
  run(out.address, addresses);
  if (isWatching()) note({ inputs, output: out, run, name: "bilinear" });
  return new Tensor(out.settle(), [rows, columns]);
}

interface Sizes {
  readonly dtype: DType;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly turnX: boolean;
  readonly turnY: boolean;
}

/** Chooses the kernel: lists are met by kernels of their own. */
function multiply(sizes: Sizes, out: number, a: number, b: number): void {
  const { dtype, rows, columns, inner, turnX, turnY } = sizes;
  const run = kernelsFor(dtype);
  const bytes = bytesOf(dtype);
  if (rows * columns === 0) return;
  if (inner === 0) heap[dtype].fill(0, out / bytes, out / bytes + rows * columns);
  else if (columns === 1 && !turnX) run.rowDots(out, a, b, rows, inner);
  else if (columns === 1) run.rowTimesMatrix(out, b, a, rows, inner);
  else if (rows === 1 && turnY) run.rowDots(out, b, a, columns, inner);
  else if (rows === 1) run.rowTimesMatrix(out, a, b, columns, inner);
  else {
    const workspace = allocate(inner * panelBytes);
    const product = run.product(turnX ? "columns" : "rows", turnY ? "columns" : "rows");
    const aStride = (turnX ? rows : inner) * bytes;
    const bStride = (turnY ? inner : columns) * bytes;
    product(out, a, b, rows, columns, inner, aStride, bStride, workspace);
  }
}

function misfit(x: Tensor, y: Tensor, inner: number, height: number): ShapeError {
  return new ShapeError(
    `matmul got shapes [${x.shape}] and [${y.shape}]; they differ on the inner axis: ` +
      `${inner} columns against ${height} rows.\n` +
      `Hint: the left one needs as many columns as the right one has rows; maybe .transpose() one.`,
  );
}

interface ProductKernels {
  readonly rowDots: Kernel;
  readonly rowTimesMatrix: Kernel;
  readonly product: (a: Order, b: Order) => Kernel;
}

const made: Partial<Record<DType, ProductKernels>> = {};

function kernelsFor(dtype: DType): ProductKernels {
  made[dtype] ??= {
    rowDots: compiled(rowDots("rowDots", dtype)),
    rowTimesMatrix: compiled(rowTimesMatrix("rowTimesMatrix", dtype)),
    product: productKernels(dtype),
  };
  return made[dtype];
}

function productKernels(dtype: DType): (a: Order, b: Order) => Kernel {
  const kernels: Partial<Record<`${Order} ${Order}`, Kernel>> = {};
  return (a, b) => {
    kernels[`${a} ${b}`] ??= compiled(matrixProduct("product", dtype, a, b));
    return kernels[`${a} ${b}`]!;
  };
}
