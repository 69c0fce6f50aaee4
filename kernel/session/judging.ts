import type { Count, Grade, GradedTest, MimeBundle, near } from "../../src/index.ts";
import { jupyterDisplay } from "../jupyterDisplay.ts";
import type { Bundle, Question } from "../link/index.ts";
import type { Shown } from "./cellOutput.ts";

/** What of the library judges. */
interface Library {
  readonly near: typeof near;
  readonly graded: (outOf: number, tests: Readonly<Record<string, GradedTest>>) => Grade;
}

/** Compares answers and counts points in this process, where no answer reaches. */
export interface Judging {
  /** Keeps what a test expects; gives the word that stands for it in the test's code. */
  readonly keep: (value: unknown) => string;
  readonly answer: (question: Question) => Promise<true | string | Count>;
  /** What a cell shows: of a grade what was counted here, whatever arrived. */
  readonly shown: (arrived: Shown) => Shown;
}

/** Under this type a grade says which of those that were counted here it is. */
const ticketType = "application/vnd.downhill.grade";

export function judging(library: () => Promise<Library>): Judging {
  let loading: Promise<Library> | undefined;
  const loaded = () => {
    loading ??= library();
    return loading;
  };
  const kept = new Map<string, unknown>();
  const counted = new Map<unknown, Bundle>();
  const known = (word: unknown): unknown =>
    typeof word === "string" && kept.has(word) ? kept.get(word) : word;
  return {
    keep: (value) => {
      const word = newWord("kept");
      kept.set(word, value);
      // A test is about to ask. Should the library not load, that test hears of it.
      loaded().catch(() => undefined);
      return word;
    },
    answer: async (question) => {
      const { near, graded } = await loaded();
      if (question.type === "compare")
        return near(question.actual, known(question.expected), question.tolerance);
      const { outOf, rows } = question;
      const tests = rows.map(
        ({ test, passed, says }) => [known(test) as string, () => passed || says] as const,
      );
      const grade = graded(outOf, Object.fromEntries(tests));
      const shown = bundleOf(grade);
      const ticket = newWord("grade");
      counted.set(ticket, shown);
      return { points: grade.points, rows: grade.rows, shown: { ...shown, [ticketType]: ticket } };
    },
    shown: (arrived) => {
      const data = counted.get(arrived.data[ticketType]);
      return data ? { data, metadata: {} } : arrived;
    },
  };
}

/** What nobody can guess. */
const newWord = (kind: string): string => `${kind} ${crypto.randomUUID()}`;

const bundleOf = (grade: Grade): MimeBundle =>
  (grade as unknown as Readonly<Record<symbol, () => MimeBundle>>)[jupyterDisplay]!();
