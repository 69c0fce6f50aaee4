import { misfit, same } from "./atTheDoor.ts";
import { type Comparison, judged, type Outcome, type TestedSheet } from "./judged.ts";
import { type Attempt, type Exercise, toExercise } from "./sheet.ts";
import { written } from "./written.ts";

/** An exercise that is tested by calling the function. */
export interface CaseSheet<F extends Attempt> extends TestedSheet<F> {
  /**
   * For questions with more than one right answer: `true`, or what is wrong with this one. It is
   * asked when the value is not the solution's.
   */
  readonly accepts?: (value: ReturnType<F>, ...given: Parameters<F>) => true | string;
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
  return toExercise(sheet, (attempt) =>
    judged(sheet, attempt, (outcomes) => comparedWithSolution(sheet, outcomes)),
  );
}

function comparedWithSolution<F extends Attempt>(
  sheet: CaseSheet<F>,
  outcomes: readonly Outcome[],
): Comparison {
  const troubles = sheet.cases.map((given, i) => troubleWith(sheet, given, outcomes[i]!));
  return {
    agrees: troubles.map((trouble) => trouble === undefined),
    explain: (index) => ({ says: troubles[index]! }),
  };
}

function troubleWith<F extends Attempt>(
  { name, solution, accepts, tolerance = 1e-9 }: CaseSheet<F>,
  given: Readonly<Parameters<F>>,
  { value, trouble }: Outcome,
): string | undefined {
  if (trouble !== undefined) return trouble;
  const right = solution(...(given as Parameters<F>));
  if (same(value, right, tolerance)) return undefined;
  const call = `${name}(${given.map(written).join(", ")})`;
  const unfit = accepts === undefined ? misfit(value, right) : undefined;
  if (unfit !== undefined) return `${unfit} (Tried ${call}.)`;
  const verdict = accepts?.(value as ReturnType<F>, ...(given as Parameters<F>));
  if (verdict === true) return undefined;
  return verdict ?? `${call} gives ${written(value)}, but ${written(right)} is right.`;
}
