import { allocate } from "../memory/arena.ts";
import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { ShapeError } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
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
  const [a, b] = [x.storage.address, y.storage.address];
  const out = Storage.empty(rows * columns, x.dtype);
  const run = kernelsFor(x.dtype);
  const bytes = bytesOf(x.dtype);
  if (inner === 0) heap[x.dtype].fill(0, out.address / bytes, out.address / bytes + out.size);
  else if (out.size === 0) void 0;
  else if (columns === 1 && !turnX) run.rowDots(out.address, a, b, rows, inner);
  else if (columns === 1) run.rowTimesMatrix(out.address, b, a, rows, inner);
  else if (rows === 1 && turnY) run.rowDots(out.address, b, a, columns, inner);
  else if (rows === 1) run.rowTimesMatrix(out.address, a, b, columns, inner);
  else {
    const [aStride, bStride] = [x.shape[1]! * bytes, y.shape[1]! * bytes];
    const workspace = allocate(inner * panelBytes);
    const multiply = run.product(turnX ? "columns" : "rows", turnY ? "columns" : "rows");
    multiply(out.address, a, b, rows, columns, inner, aStride, bStride, workspace);
  }
  return new Tensor(out.settle(), [rows, columns]);
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
