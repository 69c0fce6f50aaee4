import { type BinaryName, binaryFormulas, type UnaryName, unaryFormulas } from "./formulas.ts";
import { broadcastShapes, type Shape, ShapeError, sameShape, sizeOf, stridesOf } from "./shape.ts";
import { type DType, Tensor } from "./Tensor.ts";
import { emptyValues } from "./values.ts";

/** Applies a formula to every number. */
export function unary(name: UnaryName, x: Tensor): Tensor {
  const formula = unaryFormulas[name];
  const out = emptyValues(x.size, x.dtype);
  for (let i = 0; i < out.length; i++) out[i] = formula(x.data[i]!);
  return new Tensor(out, x.shape);
}

/** Applies a formula to pairs of numbers; the shapes are broadcast. */
export function binary(name: BinaryName, x: Tensor, y: Tensor): Tensor {
  const shape = broadcastShapes(name, x.shape, y.shape);
  const formula = binaryFormulas[name];
  const left = spread(x, shape).data;
  const right = spread(y, shape).data;
  const out = emptyValues(left.length, commonDType(x, y));
  for (let i = 0; i < out.length; i++) out[i] = formula(left[i]!, right[i]!);
  return new Tensor(out, shape);
}

/** Takes from x where the condition is not 0, else from y. */
export function choose(condition: Tensor, x: Tensor, y: Tensor): Tensor {
  const shape = broadcastShapes(
    "where",
    condition.shape,
    broadcastShapes("where", x.shape, y.shape),
  );
  const [c, left, right] = [condition, x, y].map((each) => spread(each, shape).data);
  const out = emptyValues(sizeOf(shape), commonDType(x, y));
  for (let i = 0; i < out.length; i++) out[i] = c![i] !== 0 ? left![i]! : right![i]!;
  return new Tensor(out, shape);
}

/** float64 as soon as one of two is. */
export function commonDType(x: Tensor, y: Tensor): DType {
  return x.dtype === "float32" && y.dtype === "float32" ? "float32" : "float64";
}

/** Repeats a tensor over a larger shape. */
export function spread(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const missing = shape.length - x.shape.length;
  const own = stridesOf(x.shape);
  const strides = shape.map((_, axis) => {
    const at = axis - missing;
    return at < 0 || x.shape[at] === 1 ? 0 : own[at]!;
  });
  return strided(x, shape, strides, 0);
}

/** Reads numbers of x in another order: entry (i, j, …) of the result is x.data[offset + i·s₀ + j·s₁ + …]. */
export function strided(
  x: Tensor,
  shape: Shape,
  strides: readonly number[],
  offset: number,
): Tensor {
  const out = emptyValues(sizeOf(shape), x.dtype);
  let at = 0;
  const walk = (axis: number, from: number): void => {
    if (axis === shape.length) {
      out[at++] = x.data[from]!;
      return;
    }
    for (let i = 0; i < shape[axis]!; i++) walk(axis + 1, from + i * strides[axis]!);
  };
  walk(0, offset);
  return new Tensor(out, shape);
}

export type ReductionName = "sum" | "max" | "min";

const fold: Record<ReductionName, { start: number; join: (a: number, b: number) => number }> = {
  sum: { start: 0, join: (a, b) => a + b },
  max: { start: -Infinity, join: Math.max },
  min: { start: Infinity, join: Math.min },
};

/** Folds the middle axis of a tensor seen as [outer, length, inner] into one number. */
export function reduceMiddle(
  name: ReductionName,
  x: Tensor,
  outer: number,
  length: number,
  shape: Shape,
): Tensor {
  const inner = outer === 0 ? 0 : sizeOf(shape) / outer;
  const { start, join } = fold[name];
  const out = emptyValues(outer * inner, x.dtype).fill(start);
  for (let o = 0; o < outer; o++)
    for (let k = 0; k < length; k++)
      for (let i = 0; i < inner; i++)
        out[o * inner + i] = join(out[o * inner + i]!, x.data[(o * length + k) * inner + i]!);
  return new Tensor(out, shape);
}

/** Rows times columns, either factor transposed on the way if asked. */
export function product(x: Tensor, y: Tensor, turnX: boolean, turnY: boolean): Tensor {
  const [rows, inner] = turnX ? [x.shape[1]!, x.shape[0]!] : [x.shape[0]!, x.shape[1]!];
  const [height, columns] = turnY ? [y.shape[1]!, y.shape[0]!] : [y.shape[0]!, y.shape[1]!];
  if (inner !== height) {
    throw new ShapeError(
      `matmul got shapes [${x.shape}] and [${y.shape}]; they differ on the inner axis: ` +
        `${inner} columns against ${height} rows.\n` +
        `Hint: the left one needs as many columns as the right one has rows; maybe .transpose() one.`,
    );
  }
  const out = emptyValues(rows * columns, commonDType(x, y));
  const [xr, xc] = turnX ? [1, rows] : [inner, 1];
  const [yr, yc] = turnY ? [1, inner] : [columns, 1];
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const factor = x.data[i * xr + k * xc]!;
      for (let j = 0; j < columns; j++) out[i * columns + j]! += factor * y.data[k * yr + j * yc]!;
    }
  return new Tensor(out, [rows, columns]);
}

/** A tensor seen around one axis as [outer, length, inner]. */
function around(shape: Shape, axis: number): { outer: number; length: number; inner: number } {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    length: shape[axis]!,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}

/** Slices of x along an axis, in the order of their indices. */
export function picked(x: Tensor, indices: readonly number[], axis: number): Tensor {
  const { outer, length, inner } = around(x.shape, axis);
  const out = emptyValues(outer * indices.length * inner, x.dtype);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (const index of indices) {
      const from = (o * length + index) * inner;
      out.set(x.data.subarray(from, from + inner), at);
      at += inner;
    }
  return new Tensor(out, x.shape.with(axis, indices.length));
}

/** Slices of x added into zeros of the given shape, each at its index along an axis. */
export function placed(x: Tensor, indices: readonly number[], axis: number, shape: Shape): Tensor {
  const { outer, length, inner } = around(shape, axis);
  const out = emptyValues(sizeOf(shape), x.dtype);
  let from = 0;
  for (let o = 0; o < outer; o++)
    for (const index of indices)
      for (let i = 0; i < inner; i++) out[(o * length + index) * inner + i]! += x.data[from++]!;
  return new Tensor(out, shape);
}

/** Tensors one after the other along an axis. */
export function joined(parts: readonly Tensor[], axis: number): Tensor {
  const length = parts.reduce((total, part) => total + part.shape[axis]!, 0);
  const shape = parts[0]!.shape.with(axis, length);
  const dtype = parts.reduce<DType>(
    (common, part) => (part.dtype === "float64" ? "float64" : common),
    "float32",
  );
  const { outer, inner } = around(shape, axis);
  const out = emptyValues(sizeOf(shape), dtype);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (const part of parts) {
      const width = part.shape[axis]! * inner;
      out.set(part.data.subarray(o * width, (o + 1) * width), at);
      at += width;
    }
  return new Tensor(out, shape);
}
