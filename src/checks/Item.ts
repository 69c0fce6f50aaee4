import { shownAs } from "../shown.ts";

/** One question of a checklist, with the answer and what it rests on. */
export interface Item {
  /** What is asked, in a few words: `"loss at the start"`. */
  readonly name: string;
  /** `"look"`: unusual and often a mistake, but it may be meant. `"skipped"`: it could not be asked here. */
  readonly verdict: "passed" | "look" | "failed" | "skipped";
  /** The numbers that the verdict rests on, in a sentence. */
  readonly evidence: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The lesson that explains it. */
  readonly lesson?: Lesson;
}

/** Where something is explained. */
export interface Lesson {
  readonly number: string;
  readonly title: string;
}

const titles = {
  "01": "What a loss is, and the training loop",
  "03": "Robust losses",
  "04": "Binary cross-entropy and the logit",
  "05": "Softmax, categorical and sparse cross-entropy",
  "07": "Custom losses and the choosing table",
  "08": "Gradients and how to check them",
  "11": "Gradient descent and the step size",
  "12": "When to stop; schedules",
  "13": "Batch, stochastic, mini-batch",
  "17": "Pitfalls I: wrong loss, learning rate, scaling",
  "18": "Pitfalls II: kinks, vanishing and exploding, batch size",
  "19": "Pitfalls III: overfitting and metrics",
  "20": "Pitfalls IV: buggy losses; the debugging clinic",
} as const;

export type LessonNumber = keyof typeof titles;

export const lesson = (number: LessonNumber): Lesson => ({ number, title: titles[number] });

export const passed = (name: string, evidence: string): Item => ({
  name,
  verdict: "passed",
  evidence,
});

export const skipped = (name: string, evidence: string): Item => ({
  name,
  verdict: "skipped",
  evidence,
});

/** A question that was answered badly: how badly, what shows it, what helps, and where to read on. */
export const bad = (
  name: string,
  verdict: "look" | "failed",
  words: { readonly evidence: string; readonly remedy: string; readonly lesson: LessonNumber },
): Item => ({ name, verdict, ...words, lesson: lesson(words.lesson) });

/** A number in four digits. */
export const short = (value: number) => String(Number(value.toPrecision(4)));

const marks = { passed: "✓", look: "?", failed: "✗", skipped: "–" } as const;

/** A report of items with the way it shows itself in a notebook: a sentence and a table. */
export function shownItems<Report extends { readonly sentence: string }>(
  report: Report,
  items: readonly Item[],
): Report {
  const rows = items.map(({ name, verdict, evidence, remedy = "", lesson }) => ({
    start: `${marks[verdict]} ${name}`,
    evidence,
    remedy: lesson ? `${remedy} (lesson ${lesson.number})` : remedy,
  }));
  const width = Math.max(0, ...rows.map(({ start }) => start.length));
  const text = rows.map(({ start, evidence, remedy }) =>
    [
      `${start.padEnd(width)}  ${evidence}`,
      ...(remedy ? [`${" ".repeat(width)}  → ${remedy}`] : []),
    ].join("\n"),
  );
  const cell = (words: string) => words.replaceAll("|", "\\|").replaceAll("\n", " ");
  const table = rows.map(
    ({ start, evidence, remedy }) => `| ${cell(start)} | ${cell(evidence)} | ${cell(remedy)} |`,
  );
  const head = ["| item | what was seen | what to do |", "|---|---|---|"];
  const bundle = () => ({
    "text/plain": [report.sentence, ...text].join("\n"),
    "text/markdown": [report.sentence, "", ...(table.length ? [...head, ...table] : [])].join("\n"),
  });
  return shownAs({ ...report }, bundle);
}
