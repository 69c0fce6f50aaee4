import { copy } from "./copy.ts";
import { judge } from "./judge.ts";
import { cut, isList, kindOf, oddityOf, written } from "./written.ts";

const { abs, max } = Math;
const { keys, hasOwn } = Object;

/**
 * Whether a value is what it should be; if not, a sentence. Numbers agree within a tolerance, also inside
 * lists, tensors, records, Maps and Sets; NaN agrees with NaN, and −0 with 0. A typed array or a tensor
 * agrees with the list of its numbers, an instance of a class with the record of its fields. The value is
 * read once, and what is compared is a copy of it: while work is graded, in another process.
 *
 * @param tolerance How far a number may be off, relative to its size (to 1 at least). Default 1e-6.
 * @example
 * near([1, 2 + 1e-9], [1, 2])   // → true
 * near(3, 2)   // → "gives 3, not 2"
 */
export function near(actual: unknown, expected: unknown, tolerance = 1e-6): true | string {
  const compare = judge?.compare ?? compared;
  return compare(copy(actual), copy(expected), tolerance);
}

const compared = (actual: unknown, expected: unknown, tolerance: number): true | string =>
  agrees(actual, expected, tolerance) || cut(difference(actual, expected, tolerance));

/** Whether two copies agree. */
function agrees(actual: unknown, expected: unknown, tolerance: number): boolean {
  if (typeof actual === "number" && typeof expected === "number")
    return numbersAgree(actual, expected, tolerance);
  if (typeof actual !== "object" || actual === null) return actual === expected;
  if (typeof expected !== "object" || expected === null) return false;
  if (oddityOf(actual) ?? oddityOf(expected)) return false;
  if (isList(actual) || isList(expected))
    return isList(actual) && isList(expected) && listsAgree(actual, expected, tolerance);
  for (const kind of [Map, Set] as const)
    if (actual instanceof kind || expected instanceof kind)
      return (
        actual instanceof kind &&
        expected instanceof kind &&
        partnersAgree([...actual], [...expected], tolerance)
      );
  return recordsAgree(actual as Named, expected as Named, tolerance);
}

type Named = Readonly<Record<string, unknown>>;

function numbersAgree(actual: number, expected: number, tolerance: number): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  const size = abs(expected);
  return size < Infinity && abs(actual - expected) <= tolerance * max(1, size);
}

function listsAgree(
  actual: ArrayLike<unknown>,
  expected: ArrayLike<unknown>,
  tolerance: number,
): boolean {
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < expected.length; i++)
    if (!agrees(actual[i], expected[i], tolerance)) return false;
  return true;
}

/** Whether each of the one has a partner of its own among the others, in whatever order. */
function partnersAgree(
  actual: readonly unknown[],
  expected: readonly unknown[],
  tolerance: number,
): boolean {
  if (actual.length !== expected.length) return false;
  if (listsAgree(actual, expected, tolerance)) return true;
  const free = [...actual];
  return expected.every((wanted) => {
    const partner = free.findIndex((one) => agrees(one, wanted, tolerance));
    if (partner >= 0) free.splice(partner, 1);
    return partner >= 0;
  });
}

function recordsAgree(actual: Named, expected: Named, tolerance: number): boolean {
  const names = keys(expected);
  return (
    names.length === keys(actual).length &&
    names.every((name) => hasOwn(actual, name) && agrees(actual[name], expected[name], tolerance))
  );
}

/** How two values differ that do not agree: in their kind, in their digits, or in what is not shown. */
function difference(actual: unknown, expected: unknown, tolerance: number): string {
  if (actual === undefined) return "gives nothing back; is the return missing?";
  const [got, wanted] = [written(actual), written(expected)];
  const odd = typeof actual === "object" && actual !== null ? oddityOf(actual) : undefined;
  if (odd !== undefined) return `gives ${odd}, not ${wanted} (${kindOf(expected)})`;
  if (shape(actual) !== shape(expected)) return byKind(actual, expected);
  return got === wanted ? inFull(actual, expected, tolerance) : `gives ${got}, not ${wanted}`;
}

const shape = (value: unknown) => (isList(value) ? "list" : typeof value);

const byKind = (actual: unknown, expected: unknown): string =>
  `gives ${written(actual)} (${kindOf(actual)}), not ${written(expected)} (${kindOf(expected)})`;

/** The first two entries that differ, with all their digits. */
function inFull(actual: unknown, expected: unknown, tolerance: number): string {
  if (typeof actual !== "object" || typeof expected !== "object")
    return `gives ${actual}, not ${expected}`;
  const [got, wanted] = [actual as Named, expected as Named];
  const list = isList(expected);
  for (const name of list ? Array(expected.length).keys() : keys(wanted))
    if (!agrees(got[name], wanted[name], tolerance))
      return name in got
        ? `${inFull(got[name], wanted[name], tolerance)} at ${list ? `[${name}]` : name}`
        : byKind(actual, expected);
  return byKind(actual, expected);
}
