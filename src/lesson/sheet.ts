import { hint } from "./hint.ts";
import { bundle, folded, jupyterDisplay, type Shown } from "./shown.ts";

/** Any function that a learner may be asked to write. */
export type Attempt = (...given: never[]) => unknown;

/** What a teacher writes down for an exercise. */
export interface Sheet<F extends Attempt> {
  /** The lesson's number, for example "02". */
  readonly lesson: string;
  /** The name of the function to write. */
  readonly name: string;
  /** What to write, in Markdown. */
  readonly task: string;
  /** What stands in the learner's cell before they begin. */
  readonly starter: F;
  /** One right answer; its code is shown behind the last hint. */
  readonly solution: F;
  /** Wrong answers to expect, each with what to say about it. */
  readonly mistakes: readonly Mistake<F>[];
  /** Three hints, from a nudge to nearly the answer. */
  readonly hints: readonly [string, string, string];
}

/** A wrong answer as a learner might write it. */
export interface Mistake<F extends Attempt> {
  readonly attempt: F;
  /** What is wrong and what to look at, in one or two sentences. */
  readonly says: string;
}

/** What a judge finds out about an attempt. */
export interface Judgement {
  readonly verdict: "solved" | "not yet" | "not started";
  /** What is right or wrong, in one or two sentences that help. */
  readonly says: string;
  /** Hints for just this trouble; otherwise those of the sheet are offered. */
  readonly hints?: readonly string[];
  /** How many of the tests agree. */
  readonly passed: number;
  /** How many tests there are. */
  readonly total: number;
}

/** The answer to an attempt. */
export interface Feedback extends Judgement, Shown {
  /** Which exercise, for example "02.mseGrad". */
  readonly exercise: string;
}

/** An exercise is a function with facts: called with the learner's function it gives feedback. */
export interface Exercise<F extends Attempt> extends Shown, Sheet<F> {
  (attempt: F): Feedback;
  readonly id: string;
}

/** Joins a sheet with the judge that looks at attempts. */
export function toExercise<F extends Attempt>(
  sheet: Sheet<F>,
  judge: (attempt: F) => Judgement,
): Exercise<F> {
  const id = `${sheet.lesson}.${sheet.name}`;
  const check = (attempt: F): Feedback => {
    const judgement = judge(attempt);
    return {
      ...judgement,
      exercise: id,
      [jupyterDisplay]: () =>
        bundle(told(sheet, judgement), {
          kind: "exercise",
          id,
          solved: judgement.verdict === "solved",
        }),
    };
  };
  const { name, ...facts } = sheet;
  return Object.defineProperty(
    Object.assign(check, facts, { id, [jupyterDisplay]: () => bundle(sheet.task) }),
    "name",
    { value: name },
  );
}

function told<F extends Attempt>(sheet: Sheet<F>, judgement: Judgement): string {
  const { verdict, says, passed, total, hints = sheet.hints } = judgement;
  const sentence = [says, `${passed} of ${total} tests agree.`].filter(Boolean).join(" ");
  const solution = code(sheet);
  return verdict === "solved"
    ? `✓ **${sheet.name}: solved.** ${sentence}\n\n${folded("Compare with one solution", solution)}`
    : `${verdict === "not yet" ? "✗" : "○"} **${sheet.name}: ${verdict}.** ${sentence}\n\n${hint(hints, solution).markdown}`;
}

function code<F extends Attempt>({ name, solution }: Sheet<F>): string {
  return `\`\`\`typescript\nconst ${name} = ${tidied(String(solution))};\n\`\`\``;
}

/**
 * The code of a function as it stands in its file, moved to the left margin. Where types were
 * blanked out, spaces are left over before a bracket or a comma.
 */
function tidied(source: string): string {
  const depth = /^ */.exec(source.split("\n").at(-1)!)![0].length;
  return source
    .replaceAll(new RegExp(`^ {0,${depth}}`, "gm"), "")
    .replaceAll(/(\S) +(?=[)\],;])/g, "$1");
}
