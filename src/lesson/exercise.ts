import { copied, misfit, same } from "./atTheDoor.ts";
import { type Attempt, type Exercise, type Judgement, type Sheet, toExercise } from "./sheet.ts";
import { kindOf, written } from "./written.ts";

/** An exercise that is tested by calling the function. */
export interface CaseSheet<F extends Attempt> extends Sheet<F> {
  /** The arguments of each test; the solution says what is right. */
  readonly cases: readonly Readonly<Parameters<F>>[];
  /** How far a number may be off, relative to its size (to 1 at least). Default 1e-9. */
  readonly tolerance?: number;
}

/**
 * An exercise whose answer is a function, tested by calling it. Feedback names the first thing
 * that stands in the way: no function, an error, no value, a wrong kind or shape, changed
 * arguments, the first test that disagrees. A mistake that the teacher foresaw comes before these.
 *
 * @example
 * const double = exercise({ lesson: "00", name: "double", task: "Double a number.", starter: (x) => 0 * x, solution: (x: number) => 2 * x, cases: [[1], [-3]], mistakes: [{ attempt: (x) => x * x, says: "That is the square." }], hints: ["What is double of 1?", "Use *.", "2 * x"] });
 * double((x) => x + x).verdict   // → "solved"
 * double((x) => x ** 2).says   // → "That is the square."
 */
export function exercise<F extends Attempt>(sheet: CaseSheet<F>): Exercise<F> {
  return toExercise(sheet, (attempt) => judge(sheet, attempt));
}

function judge<F extends Attempt>(sheet: CaseSheet<F>, attempt: F): Judgement {
  const { cases, name, tolerance = 1e-9 } = sheet;
  const notYet = (says: string, passed = 0) =>
    ({ verdict: "not yet", says, passed, total: cases.length }) as const;
  if (typeof attempt !== "function") return notYet(noFunction(name, attempt));

  const outcomes = cases.map((given) => outcomeOf(attempt, given));
  const expected = cases.map((given) => outcomeOf(sheet.solution, given).value);
  const agrees = outcomes.map(
    (outcome, i) => outcome.trouble === undefined && same(outcome.value, expected[i], tolerance),
  );
  const passed = agrees.filter(Boolean).length;
  const behavesLike = (other: F) =>
    cases.every((given, i) => alike(outcomes[i]!, outcomeOf(other, given), tolerance));

  if (passed === cases.length) return { verdict: "solved", says: "", passed, total: passed };
  if (behavesLike(sheet.starter))
    return { verdict: "not started", says: "Nothing is written yet.", passed, total: cases.length };
  const named = sheet.mistakes.find((mistake) => behavesLike(mistake.attempt));
  if (named !== undefined) return notYet(named.says, passed);
  const first = agrees.indexOf(false);
  const call = `${name}(${cases[first]!.map(written).join(", ")})`;
  const trouble = outcomes[first]!.trouble ?? misfit(outcomes[first]!.value, expected[first]);
  if (trouble !== undefined) return notYet(`${trouble} (Tried ${call}.)`, passed);
  const [got, right] = [outcomes[first]!.value, expected[first]].map(written);
  return notYet(`${call} gives ${got}, but ${right} is right.`, passed);
}

/** What came of one call: a value, or what stood in its way. */
export interface Outcome {
  readonly value?: unknown;
  readonly trouble?: string;
}

/** Calls a learner's function on copies, and notices errors and changed arguments. */
export function outcomeOf(attempt: Attempt, given: readonly unknown[]): Outcome {
  const copies = given.map(copied);
  let value: unknown;
  try {
    value = attempt(...(copies as never[]));
  } catch (error) {
    return { trouble: `It throws: ${error instanceof Error ? error.message : String(error)}` };
  }
  const changed = copies.findIndex((copy, i) => !same(copy, given[i], 0));
  if (changed < 0) return { value };
  return {
    value,
    trouble: `It changes its ${ordinals[changed] ?? "last"} argument. Whoever called it may still need that one: work on a copy, for example [...values].`,
  };
}

export function noFunction(name: string, attempt: unknown): string {
  return `The check needs your function ${name}, but it got ${kindOf(attempt)}. Run the cell where you write ${name}, and hand over the name without parentheses.`;
}

const ordinals = ["first", "second", "third", "fourth"];

const alike = (one: Outcome, other: Outcome, tolerance: number) =>
  one.trouble === other.trouble && same(one.value, other.value, tolerance);
