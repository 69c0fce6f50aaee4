import { isList, isPromise, isTensor, kindOf } from "./written.ts";

/** Tensors as nested arrays, everything else as it is. */
export function plain(value: unknown): unknown {
  return typeof value === "object" && value !== null && isTensor(value) ? value.toArray() : value;
}

/** A copy of arrays, typed arrays and records all the way down; other values are shared. */
export function copied<T>(value: T): T;
export function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (isList(value)) return (value as Float64Array).slice();
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, copied(entry)]));
}

/** Whether two values are equal, numbers within a relative tolerance. */
export function same(one: unknown, other: unknown, tolerance: number): boolean {
  const [left, right] = [plain(one), plain(other)];
  if (typeof left === "number" && typeof right === "number") {
    const scale = Math.max(1, Math.abs(left), Math.abs(right));
    if (left === right || Object.is(left, right)) return true;
    return scale < Infinity && Math.abs(left - right) <= tolerance * scale;
  }
  if (isList(left) && isList(right))
    return (
      left.length === right.length &&
      Array.from(left).every((entry, index) => same(entry, right[index], tolerance))
    );
  if (isRecord(left) && isRecord(right))
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) =>
      same(left[name], right[name], tolerance),
    );
  return Object.is(left, right);
}

/**
 * What is wrong with a value before its numbers matter: nothing there, another kind, another
 * length, a missing name, not a number. Undefined when it has the form that is expected.
 */
export function misfit(value: unknown, expected: unknown, place = ""): string | undefined {
  const [got, wanted] = [plain(value), plain(expected)];
  const where = place && ` at ${place}`;
  if (got === undefined)
    return place
      ? `There is nothing${where}; ${kindOf(wanted)} belongs there.`
      : "It gives nothing back. Is the return missing?";
  if (isPromise(got)) return "It gives a promise. Leave out async: nothing here has to wait.";
  if (kind(got) !== kind(wanted))
    return `It gives ${kindOf(got)}${where}, but ${kindOf(wanted)} is expected.`;
  if (typeof got === "number") return Number.isFinite(wanted) ? notFinite(got, where) : undefined;
  if (isList(got) && isList(wanted)) return misfitList(got, wanted, place);
  if (isRecord(got) && isRecord(wanted)) return misfitRecord(got, wanted, place);
  return undefined;
}

function notFinite(value: number, where: string): string | undefined {
  if (Number.isNaN(value))
    return `It gives NaN${where}. NaN comes from arithmetic with something undefined, such as an index past the end, or from 0 / 0.`;
  return Number.isFinite(value)
    ? undefined
    : `It gives ${value}${where}. Look for a division by zero or a number that grows without bound.`;
}

function misfitList(got: ArrayLike<unknown>, wanted: ArrayLike<unknown>, place: string) {
  if (got.length !== wanted.length)
    return `It gives ${got.length} numbers${place && ` at ${place}`}, but ${wanted.length} are expected.`;
  return firstOf(Array.from(got, (entry, i) => misfit(entry, wanted[i], `${place}[${i}]`)));
}

function misfitRecord(got: Named, wanted: Named, place: string) {
  const dot = place && `${place}.`;
  return firstOf(
    Object.keys(wanted).map((name) => misfit(got[name], wanted[name], `${dot}${name}`)),
  );
}

type Named = Readonly<Record<string, unknown>>;

/** A plain record, also one that was made in another realm. */
function isRecord(value: unknown): value is Named {
  if (typeof value !== "object" || value === null || isList(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kind(value: unknown): string {
  if (isList(value)) return "list";
  return value === null ? "null" : typeof value;
}

const firstOf = (sentences: readonly (string | undefined)[]) =>
  sentences.find((sentence) => sentence !== undefined);
