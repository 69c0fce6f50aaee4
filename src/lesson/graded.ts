import { copy } from "./copy.ts";
import { type Count, judge } from "./judge.ts";
import { near } from "./near.ts";
import { bundle, jupyterDisplay, type Shown } from "./shown.ts";
import { cut } from "./written.ts";

// What follows may run beside code that wants points without work. So nothing is looked up that such
// code could have replaced: these are taken at load, and lists are walked by index.
const { round } = Math;
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
 * @param tests The tests by what they say when they pass; or a function that makes them with `near`, which
 *   an answer cannot replace between two tests as it could a variable, and with `copy`, which reads a value
 *   once and gives it as plain data: `copy(names).includes("Ada")` asks no method of the answer's own.
 * @throws RangeError when there is no test or the points are not positive
 * @example
 * graded(3, { "one is one": () => near(1, 1), "two is one": () => near(2, 1) }).points   // → 1.5
 */
export function graded(
  outOf: number,
  tests: GradedTests | ((compare: typeof near, asData: typeof copy) => GradedTests),
): Grade {
  const all = typeof tests === "function" ? tests(near, copy) : tests;
  const names = keys(all);
  if (!(outOf > 0) || names.length === 0)
    throw new RangeError(
      `graded needs positive points and at least one test, but got ${outOf} points and ${names.length} tests.\nHint: graded(4, { "the slope of x² at 3 is 6": () => near(slope(3), 6) }).`,
    );
  const told: GradedRow[] = [];
  for (let i = 0; i < names.length; i++) told[i] = rowOf(names[i]!, all[names[i]!]!);
  const { points, rows, shown } = judge ? judge.count(outOf, told) : counted(outOf, told);
  return freeze({ points, outOf, rows, [jupyterDisplay]: () => shown });
}

function counted(outOf: number, rows: readonly GradedRow[]): Count {
  let passed = 0;
  for (let i = 0; i < rows.length; i++) if (rows[i]!.passed) passed++;
  const points = round((100 * outOf * passed) / rows.length) / 100;
  // nbgrader reads the plain text of a cell's value as its points.
  const shown = { ...bundle(table(points, outOf, rows)), "text/plain": `${points}` };
  return { points, rows, shown };
}

function rowOf(test: string, run: GradedTest): GradedRow {
  // An answer can read its stack, and the name of a test may tell what is expected.
  defineProperty(run, "name", { value: "test" });
  try {
    const result: unknown = run();
    if (result === true) return { test, passed: true, says: "" };
    return { test, passed: false, says: typeof result === "string" ? cut(result) : "" };
  } catch (error) {
    return { test, passed: false, says: cut(`throws: ${messageOf(error)}`) };
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
