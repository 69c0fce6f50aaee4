import { plain } from "./atTheDoor.ts";
import { bundle, jupyterDisplay, type Shown } from "./shown.ts";
import { isList, isTensor, kindOf, written } from "./written.ts";

// What follows may run beside code that wants points without work. So nothing is looked up that such
// code could have replaced: these are taken at load, and lists are walked by index.
const { abs, max, round } = Math;
const { defineProperty, freeze, keys } = Object;

/** One test: `true` when it passes, otherwise what is wrong, if it can say. */
export type GradedTest = () => boolean | string;

/** Tests by what they say when they pass. */
type GradedTests = Readonly<Record<string, GradedTest>>;

/** One line of the feedback table. */
export interface GradedRow {
  readonly test: string;
  readonly passed: boolean;
  readonly says: string;
}

/** Points for an answer, and the reasons. */
export interface Grade extends Shown {
  /** Between 0 and `outOf`, rounded to hundredths, so that no rounding error exceeds the maximum. */
  readonly points: number;
  readonly outOf: number;
  readonly rows: readonly GradedRow[];
}

/**
 * Runs all tests and gives each an equal share of the points. A test that throws fails with its
 * message and the others still count. A graded cell ends with it, shows the table and gives the points:
 *
 *     graded(4, (near) => ({ "the slope of x² at 3 is 6": () => near(slope(3), 6) }));
 *
 * @param outOf The points of the cell.
 * @param tests The tests by what they say when they pass; or a function that makes them with the `near`
 *   of this file, which an answer cannot replace between two tests as it could a variable.
 * @throws RangeError when there is no test or the points are not positive
 * @example
 * graded(3, { "one is one": () => near(1, 1), "two is one": () => near(2, 1) }).points   // → 1.5
 */
export function graded(
  outOf: number,
  tests: GradedTests | ((compare: typeof near) => GradedTests),
): Grade {
  const all = typeof tests === "function" ? tests(near) : tests;
  const names = keys(all);
  if (!(outOf > 0) || names.length === 0)
    throw new RangeError(
      `graded needs positive points and at least one test, but got ${outOf} points and ${names.length} tests.\nHint: graded(4, { "the slope of x² at 3 is 6": () => near(slope(3), 6) }).`,
    );
  const rows: GradedRow[] = [];
  let passed = 0;
  for (let i = 0; i < names.length; i++) {
    const row = rowOf(names[i]!, all[names[i]!]!);
    if (row.passed) passed++;
    rows[i] = row;
  }
  const points = round((100 * outOf * passed) / names.length) / 100;
  // nbgrader reads the plain text of a cell's value as its points.
  const shown = { ...bundle(table(points, outOf, rows)), "text/plain": `${points}` };
  return freeze({ points, outOf, rows, [jupyterDisplay]: () => shown });
}

/**
 * Whether a number, list or tensor is what it should be; if not, a sentence.
 *
 * @param tolerance How far a number may be off, relative to its size (to 1 at least). Default 1e-6.
 * @example
 * near([1, 2 + 1e-9], [1, 2])   // → true
 * near(3, 2)   // → "gives 3, not 2"
 */
export function near(actual: unknown, expected: unknown, tolerance = 1e-6): true | string {
  return agrees(actual, expected, tolerance) || difference(actual, expected);
}

/** How two values differ that do not agree: in their kind, in their digits, or in digits not shown. */
function difference(value: unknown, expected: unknown): string {
  const actual = plain(value);
  if (actual === undefined) return "gives nothing back; is the return missing?";
  const [got, wanted] = [written(actual), written(expected)];
  const [kind, rightKind] = [kindOf(actual), kindOf(expected)];
  if (typeof actual !== typeof expected || isList(actual) !== isList(expected))
    return `gives ${got} (${kind}), not ${wanted} (${rightKind})`;
  return got === wanted ? inFull(actual, expected) : `gives ${got}, not ${wanted}`;
}

/** The first two numbers that differ, with all their digits. */
function inFull(actual: unknown, expected: unknown): string {
  if (isList(actual) && isList(expected))
    for (let i = 0; i < expected.length; i++)
      if (!agrees(actual[i], expected[i], 0)) return `${inFull(actual[i], expected[i])} at [${i}]`;
  return `gives ${actual}, not ${expected}`;
}

function rowOf(test: string, run: GradedTest): GradedRow {
  // An answer can read its stack, and the name of a test may tell what is expected.
  defineProperty(run, "name", { value: "test" });
  try {
    const result: unknown = run();
    if (result === true) return { test, passed: true, says: "" };
    return { test, passed: false, says: typeof result === "string" ? result : "" };
  } catch (error) {
    return { test, passed: false, says: `throws: ${messageOf(error)}` };
  }
}

/** What was thrown, in words; asking it may throw again, which must not cost the other tests. */
function messageOf(error: unknown): string {
  try {
    return typeof error === "object" && error !== null && "message" in error
      ? `${error.message}`
      : `${error}`;
  } catch {
    return "something that cannot be shown";
  }
}

function agrees(actual: unknown, expected: unknown, tolerance: number): boolean {
  if (typeof actual === "number" && typeof expected === "number")
    return actual === expected || abs(actual - expected) <= tolerance * max(1, abs(expected));
  if (typeof actual === "object" && actual !== null && isTensor(actual))
    return agrees(actual.toArray(), expected, tolerance);
  if (!isList(actual) || !isList(expected)) return actual === expected;
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < expected.length; i++)
    if (!agrees(actual[i], expected[i], tolerance)) return false;
  return true;
}

function table(points: number, outOf: number, rows: readonly GradedRow[]): string {
  let missing: string | undefined;
  let text = `**${points} of ${outOf} points**\n\n| passed | test | what happened |\n|---|---|---|\n`;
  for (let i = 0; i < rows.length; i++) {
    const { test, passed, says } = rows[i]!;
    text += `| ${passed ? "✓" : "✗"} | ${cell(test)} | ${cell(says)} |\n`;
    missing ??= /^throws: ([\w$]+) is not defined$/.exec(says)?.[1];
  }
  return missing === undefined
    ? text
    : `${text}\n\`${missing}\` is not known here: its cell must stand above this one, run without an error, and keep the name.\n`;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
