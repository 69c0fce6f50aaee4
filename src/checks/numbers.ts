import { Tensor } from "../engine/index.ts";

export const isFloatArray = (value: unknown): value is Float64Array | Float32Array =>
  value instanceof Float64Array || value instanceof Float32Array;

export const isTensor = (value: unknown): value is Tensor => value instanceof Tensor;

/** An object with named parts: neither an array nor a tensor nor a promise. */
export const isRecord = (value: unknown): value is Readonly<Record<string, never>> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !isTensor(value) &&
  !(value instanceof Promise);

/** Nested arrays whose leaves are all numbers; a list of typed arrays or tensors is not one. */
export const isNumeric = (list: readonly unknown[]): boolean =>
  list.every((item) => typeof item === "number" || (Array.isArray(item) && isNumeric(item)));

/** The shape of a number, nested array of numbers, typed array or tensor; otherwise `undefined`. */
export function shapeIfNumeric(value: unknown): readonly number[] | undefined {
  if (typeof value === "number") return [];
  if (isFloatArray(value)) return [value.length];
  if (isTensor(value)) return value.shape;
  if (!Array.isArray(value)) return undefined;
  const rows = value.map(shapeIfNumeric);
  const first = rows[0] ?? [];
  return rows.every((row) => row && sameShape(row, first)) ? [value.length, ...first] : undefined;
}

/** @throws TypeError when rows differ in length. */
export function shapeOf(value: unknown, name: string): readonly number[] {
  const shape = shapeIfNumeric(value);
  if (shape) return shape;
  throw new TypeError(
    `The rows of ${name || "the parameters"} have different lengths.\nHint: a matrix is an array of rows of equal length.`,
  );
}

export const sizeOf = (shape: readonly number[]) =>
  shape.reduce((size, length) => size * length, 1);

export const sameShape = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((length, i) => length === b[i]);

/**
 * Whether the numbers were computed in float32: all fit into its 24 bits and not all into half of them.
 * Short numbers such as -99.25 fit too, but they are exact wherever they come from.
 */
export const isSingle = (numbers: ArrayLike<number>): boolean => {
  const all = Array.from(numbers);
  return all.every((value) => Math.fround(value) === value) && !all.every(isShort);
};

/** Whether 12 bits hold a number: taking all lower ones away leaves it as it is (Veltkamp, 1968). */
function isShort(value: number): boolean {
  const large = value * (2 ** 41 + 1);
  return large - (large - value) === value;
}

/** All numbers of a value with a shape, row by row. */
export function flattened(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (isFloatArray(value)) return Array.from(value);
  if (isTensor(value)) return Array.from(value.data);
  return Array.isArray(value) ? value.flatMap(flattened) : [Number(value)];
}

/** All numbers of a tree of numbers, arrays, tensors and records, in its order. */
export function flattenedTree(tree: unknown): number[] {
  if (shapeIfNumeric(tree)) return flattened(tree);
  return typeof tree === "object" && tree !== null
    ? Object.values(tree).flatMap(flattenedTree)
    : [];
}

/** A value in a few words, for an error. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof Promise) return "a Promise (is an `await` missing?)";
  if (typeof value === "function") return "a function";
  const shape = shapeIfNumeric(value);
  if (shape?.length) return `numbers of shape [${shape.join(", ")}]`;
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (isRecord(value)) return `a record of ${Object.keys(value).join(", ") || "nothing"}`;
  return `the ${typeof value} ${String(value)}`;
}

/** A copy of arrays and records all the way down; tensors never change and are shared. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (isFloatArray(value)) return value.slice();
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}

/** Whether two values hold the same numbers in the same places. */
export function sameNumbers(a: unknown, b: unknown): boolean {
  if (isTensor(a) && isTensor(b)) return sameNumbers(a.data, b.data);
  if (isFloatArray(a) && isFloatArray(b))
    return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameNumbers(item, b[i]));
  if (!isPlainRecord(a) || !isPlainRecord(b)) return Object.is(a, b) || typeof a === "object";
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => sameNumbers(a[key], b[key]));
}

/** A record written with braces, in this realm or another; objects of a class keep their state. */
function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The same data with 0 for every number. */
export function zeroed(data: unknown): unknown {
  if (typeof data === "number") return 0;
  if (isTensor(data)) return data.mul(0);
  if (isFloatArray(data)) return data.map(() => 0);
  if (Array.isArray(data)) return data.map(zeroed);
  if (!isPlainRecord(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, item]) => [name, zeroed(item)]));
}

/** The largest size in a list as long as a model has parameters, which is too long to be arguments. */
export const largestSize = (values: Iterable<number>): number => {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
};
