import { gradCheck } from "../checks/index.ts";
import { copied, misfit } from "./atTheDoor.ts";
import { type Comparison, judged, type Outcome, type TestedSheet } from "./judged.ts";
import { type Exercise, toExercise } from "./sheet.ts";

/** A gradient as a learner writes it: the slope of the loss for each parameter, over a batch. */
export type Gradient<P, B> = (parameters: P, batch: B) => P;

/** An exercise that asks for a gradient. Batches of different sizes tell a mean from a fixed division. */
export interface GradientSheet<P, B> extends TestedSheet<Gradient<P, B>> {
  /** The loss whose gradient is asked for. */
  readonly loss: (parameters: P, batch: B) => number;
}

/**
 * An exercise that asks for the gradient of a loss. What the learner wrote is compared with
 * differences of the loss, and the gradient check says why it is wrong: a factor, a sign, a sum
 * for a mean, a sample that was overwritten. Mistakes that the teacher foresaw come first.
 *
 * @example
 * const slope = gradientExercise({ lesson: "00", name: "slope", task: "The slope of (w·x)².", loss: (w: number, x: number) => (w * x) ** 2, cases: [[3, 1], [1, 2]], starter: () => 0, solution: (w, x) => 2 * w * x * x, mistakes: [{ attempt: (w, x) => 2 * w * x, says: "The inner derivative x is missing." }], hints: ["Two rules.", "Outer times inner.", "2 w x · x"] });
 * slope((w, x) => w * x ** 2 * 2).verdict   // → "solved"
 * slope((w, x) => 2 * w * x).says   // → "The inner derivative x is missing."
 */
export function gradientExercise<P, B>(sheet: GradientSheet<P, B>): Exercise<Gradient<P, B>> {
  return toExercise(sheet, (attempt) =>
    judged(sheet, attempt, (outcomes) => checkedBySlopes(sheet, attempt, outcomes)),
  );
}

function checkedBySlopes<P, B>(
  { cases, loss, solution }: GradientSheet<P, B>,
  attempt: Gradient<P, B>,
  outcomes: readonly Outcome[],
): Comparison {
  const reports = cases.map(([parameters, batch]) =>
    gradCheck<P, B>(loss, attempt, parameters, { batch: copied(batch) }),
  );
  return {
    agrees: reports.map(({ verdict }) => verdict === "right"),
    explain(index) {
      const unfit = misfit(outcomes[index]!.value, solution(...cases[index]!));
      if (unfit !== undefined) return { says: unfit };
      const { sentence, cause } = reports[index]!;
      return cause ? { says: sentence, hints: cause.hints } : { says: sentence };
    },
  };
}
