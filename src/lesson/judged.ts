import { copied, same } from "./atTheDoor.ts";
import type { Attempt, Judgement, Sheet } from "./sheet.ts";
import { kindOf } from "./written.ts";

/** What came of one call of a learner's function: a value, or what stood in its way. */
export interface Outcome {
  readonly value?: unknown;
  readonly trouble?: string;
}

/** A sheet with the calls by which an attempt is tested. */
export interface TestedSheet<F extends Attempt> extends Sheet<F> {
  /** The arguments of each test. */
  readonly cases: readonly Readonly<Parameters<F>>[];
}

/** How the outcome of each case compares with what is right. */
export interface Comparison {
  readonly agrees: readonly boolean[];
  /** What to say about a case that does not agree. */
  explain(index: number): Pick<Judgement, "says" | "hints">;
}

/**
 * Judges an attempt. The most specific sentence wins: a mistake that the teacher foresaw, then an
 * error or changed arguments, then what the comparison has to say about the first case that fails.
 */
export function judged<F extends Attempt>(
  sheet: TestedSheet<F>,
  attempt: F,
  compare: (outcomes: readonly Outcome[]) => Comparison,
): Judgement {
  const { cases, name } = sheet;
  const total = cases.length;
  if (typeof attempt !== "function")
    return { verdict: "not yet", says: noFunction(name, attempt), passed: 0, total };

  const outcomes = cases.map((given) => outcomeOf(attempt, given));
  const { agrees, explain } = compare(outcomes);
  const fine = agrees.map((agree, i) => agree && outcomes[i]!.trouble === undefined);
  const passed = fine.filter(Boolean).length;
  if (passed === total) return { verdict: "solved", says: "", passed, total };

  const behavesLike = (other: F) =>
    cases.every((given, i) => sameOutcome(outcomes[i]!, outcomeOf(other, given)));
  if (behavesLike(sheet.starter))
    return {
      verdict: "not started",
      says: "Nothing is written yet, or nothing that changes the result.",
      passed: 0,
      total,
    };
  const named = sheet.mistakes.find((mistake) => behavesLike(mistake.attempt));
  const first = fine.indexOf(false);
  const { trouble } = outcomes[first]!;
  const told = named ?? (trouble === undefined ? explain(first) : { says: trouble });
  const hints = "hints" in told && told.hints ? { hints: told.hints } : {};
  return { verdict: "not yet", says: told.says, ...hints, passed, total };
}

/** Calls a learner's function on copies, and notices errors and changed arguments. */
function outcomeOf(attempt: Attempt, given: readonly unknown[]): Outcome {
  const copies = given.map(copied);
  let value: unknown;
  try {
    value = attempt(...(copies as never[]));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { trouble: `It throws an error: “${message}”.` };
  }
  const changed = copies.findIndex((copy, i) => !same(copy, given[i], 0));
  return changed < 0 ? { value } : { value, trouble: changedArgument(changed) };
}

const sameOutcome = (one: Outcome, other: Outcome) =>
  one.trouble === other.trouble && same(one.value, other.value, 1e-9);

function changedArgument(index: number): string {
  const which = ["first", "second", "third"][index] ?? "last";
  return `It changes its ${which} argument. Whoever called it may still need that one: work on a copy, for example [...values].`;
}

function noFunction(name: string, attempt: unknown): string {
  return `The check needs your function ${name}, but it got ${kindOf(attempt)}. Run the cell where you write ${name}, and hand over the name without parentheses.`;
}
