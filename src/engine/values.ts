import { emptyValues, Storage } from "./memory/Storage.ts";
import { type Shape, ShapeError, sizeOf } from "./shape.ts";
import { type DType, type Nested, Tensor, type TensorLike, type Values } from "./Tensor.ts";

/** A tensor with one number everywhere. */
export function filled(value: number, shape: Shape, dtype: DType = "float64"): Tensor {
  const size = sizeOf(shape);
  if (size === 1) return new Tensor(Storage.single(value, dtype), shape);
  return new Tensor(Storage.of(emptyValues(size, dtype).fill(value)), shape);
}

/** A copy of listed numbers under a shape that holds as many. */
export function listed(values: Values, shape: Shape, dtype: DType): Tensor {
  const copy = dtype === "float32" ? new Float32Array(values) : new Float64Array(values);
  return new Tensor(Storage.of(copy), shape);
}

/** What an operation got, as a tensor; numbers and arrays take the kind of the tensor beside them. */
export function asTensor(value: TensorLike, dtype: DType = "float64"): Tensor {
  if (value instanceof Tensor) return value;
  if (typeof value === "number") return single(value, dtype);
  if (value instanceof Float64Array || value instanceof Float32Array)
    return new Tensor(Storage.of(value.slice()), [value.length]);
  if (Array.isArray(value)) return fromNested(value, dtype);
  throw new TypeError(
    `An operation needs a tensor, a number or nested arrays of numbers, but got ${describe(value)}.\n` +
      `Hint: make a tensor first, for example tensor([1, 2, 3]).`,
  );
}

/** Numbers that stood in formulas lately: most of them (2, 0.5, −1) come again and again. */
const singles = { float64: new Map<number, Tensor>(), float32: new Map<number, Tensor>() };
const mostSingles = 256;

function single(value: number, dtype: DType): Tensor {
  const known = singles[dtype].get(value);
  // A Map takes 0 and −0 for the same key.
  if (known !== undefined && value !== 0) return known;
  const made = filled(value, [], dtype);
  if (singles[dtype].size >= mostSingles) singles[dtype].clear();
  singles[dtype].set(value, made);
  return made;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const kind = typeof value;
  return kind === "object" ? `an object of class ${value.constructor?.name ?? "?"}` : `a ${kind}`;
}

function fromNested(nested: readonly Nested[], dtype: DType): Tensor {
  if (nested.every(isNumber)) return fromList(nested, dtype);
  const shape = shapeOf(nested);
  const data = emptyValues(sizeOf(shape), dtype);
  let at = 0;
  const path: number[] = [];
  const fill = (part: Nested, depth: number): void => {
    if (typeof part === "number" && depth === shape.length) data[at++] = part;
    else if (Array.isArray(part) && part.length === shape[depth])
      for (let i = 0; i < part.length; i++) {
        path[depth] = i;
        fill(part[i] as Nested, depth + 1); // isArray makes any[] of it
      }
    else throw ragged(part, path.slice(0, depth), shape.slice(depth));
  };
  fill(nested, 0);
  return new Tensor(Storage.of(data), shape);
}

const isNumber = (part: Nested): part is number => typeof part === "number";

/** A flat list, as indices and labels are, needs no way through its parts. */
function fromList(list: readonly number[], dtype: DType): Tensor {
  const data = emptyValues(list.length, dtype);
  for (let i = 0; i < list.length; i++) data[i] = list[i]!;
  return new Tensor(Storage.of(data), [list.length]);
}

function shapeOf(nested: Nested): number[] {
  const shape: number[] = [];
  for (let part: Nested | undefined = nested; Array.isArray(part); part = part[0]) {
    shape.push(part.length);
  }
  return shape;
}

function ragged(part: unknown, path: readonly number[], expected: Shape): Error {
  const entry = `entry ${path.map((i) => `[${i}]`).join("")}`;
  if (typeof part !== "number" && !Array.isArray(part))
    return new TypeError(
      `A tensor holds numbers, but ${entry} is ${describe(part)}.\n` +
        `Hint: Number(…) makes a number of a text or a boolean.`,
    );
  const wanted = expected.length === 0 ? "a number" : `an array of length ${expected[0]}`;
  const got = Array.isArray(part) ? `an array of length ${part.length}` : "a number";
  return new ShapeError(
    `A tensor needs rows of equal length, but ${entry} is ${got} where ${wanted} was expected.\n` +
      `Hint: every row needs as many numbers as the first one.`,
  );
}
