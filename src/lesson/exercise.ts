import { misfit, same } from "./atTheDoor.ts";
import { type Comparison, judged, type Outcome, type TestedSheet } from "./judged.ts";
import { type Attempt, type Exercise, toExercise } from "./sheet.ts";
import { written } from "./written.ts";

/** An exercise that is tested by calling the function. */
export interface CaseSheet<F extends Attempt> extends TestedSheet<F> {
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
  { cases, name, solution, tolerance = 1e-9 }: CaseSheet<F>,
  outcomes: readonly Outcome[],
): Comparison {
  const expected = cases.map((given) => solution(...(given as Parameters<F>)));
  return {
    agrees: outcomes.map(({ value }, i) => same(value, expected[i], tolerance)),
    explain(index) {
      const got = outcomes[index]!.value;
      const right = expected[index];
      const call = `${name}(${cases[index]!.map(written).join(", ")})`;
      const trouble = misfit(got, right);
      return {
        says: trouble
          ? `${trouble} (Tried ${call}.)`
          : `${call} gives ${written(got)}, but ${written(right)} is right.`,
      };
    },
  };
}
