import type { Count, Judge } from "../../src/index.ts";
import { newSeal, type Question, readFrame } from "../link/index.ts";
import { send } from "./channel.ts";

/** The descriptor on which the host answers the questions of tests. */
const answers = 6;

/**
 * The judge of graded work is the host. A test waits for its answer, which stands under a seal that was made
 * for this question, so that no cell can answer it.
 */
export const hostJudge: Judge = {
  compare: (actual, expected, tolerance) =>
    ask({ type: "compare", actual, expected, tolerance }) as true | string,
  count: (outOf, rows) => ask({ type: "count", outOf, rows }) as Count,
};

function ask(question: Question): unknown {
  const seal = newSeal();
  send({ type: "asked", seal, question });
  const answer = readFrame(answers, seal);
  if (answer === undefined) throw new Error("The kernel has not answered.");
  return answer;
}
