import { allocate } from "../memory/arena.ts";
import { heap } from "../memory/memory.ts";
import { bytesOf, type DType, Storage } from "../memory/Storage.ts";
import { ShapeError } from "../shape.ts";
import { Tensor } from "../Tensor.ts";
import { type Call, isWatching, note } from "../trace.ts";
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
  const multiply = multiplier({ dtype: x.dtype, rows, columns, inner, turnX, turnY });
  multiply(out.address, addresses[0]!, addresses[1]!);
  if (isWatching()) {
    const run: Call["run"] = (to, from) => multiply(to, from[0]!, from[1]!);
    note({ inputs, output: out, run, name: "bilinear" });
  }
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
function multiplier(sizes: Sizes): (out: number, a: number, b: number) => void {
  const { dtype, rows, columns, inner, turnX, turnY } = sizes;
  const run = kernelsFor(dtype);
  const bytes = bytesOf(dtype);
  if (rows * columns === 0) return () => undefined;
  if (inner === 0) return (out) => heap[dtype].fill(0, out / bytes, out / bytes + rows * columns);
  if (columns === 1)
    return turnX
      ? (out, a, b) => run.rowTimesMatrix(out, b, a, rows, inner)
      : (out, a, b) => run.rowDots(out, a, b, rows, inner);
  if (rows === 1)
    return turnY
      ? (out, a, b) => run.rowDots(out, b, a, columns, inner)
      : (out, a, b) => run.rowTimesMatrix(out, a, b, columns, inner);
  const product = run.product(turnX, turnY);
  const aStride = (turnX ? rows : inner) * bytes;
  const bStride = (turnY ? inner : columns) * bytes;
  return (out, a, b) => {
    const workspace = allocate(inner * panelBytes);
    product(out, a, b, rows, columns, inner, aStride, bStride, workspace);
  };
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
  readonly product: (turnX: boolean, turnY: boolean) => Kernel;
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

function productKernels(dtype: DType): ProductKernels["product"] {
  const kernels: Kernel[] = [];
  const orderOf = (turn: boolean): Order => (turn ? "columns" : "rows");
  return (turnX, turnY) => {
    const at = Number(turnX) + 2 * Number(turnY);
    kernels[at] ??= compiled(matrixProduct("product", dtype, orderOf(turnX), orderOf(turnY)));
    return kernels[at];
  };
}
