import { jupyterDisplay as inAnyNotebook } from "../shown.ts";

/** The same name, as one that a type can have. */
export const jupyterDisplay: unique symbol = inAnyNotebook as never;

/** A value in the forms a front end may choose from, by MIME type. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Something that a notebook shows by itself when it is the last value of a cell. */
export interface Shown {
  readonly [jupyterDisplay]: () => MimeBundle;
}

/** What a learner has done, as plain data: the output carries it, and who wants to may collect it. */
export type Progress =
  | { readonly kind: "exercise"; readonly id: string; readonly solved: boolean }
  | {
      readonly kind: "prediction";
      readonly id: string;
      readonly guess: string;
      readonly answer: string;
    };

/** The MIME type under which an output carries its {@link Progress}. */
const progressType = "application/vnd.downhill.progress+json";

/** Markdown for the notebook, the same without marks for a terminal or a screen reader, and the progress. */
export function bundle(markdown: string, progress?: Progress): MimeBundle {
  return {
    "text/markdown": markdown,
    "text/plain": withoutMarks(markdown),
    ...(progress && { [progressType]: progress }),
  };
}

/**
 * A part that stays closed until the reader opens it. It needs no script, so it works by keyboard,
 * with a screen reader and in a notebook that nobody trusts yet.
 */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** A sentence that was written over several lines of code, in one. */
export function oneLine(sentence: string): string {
  return sentence.replaceAll(/\s+/g, " ").trim();
}

function withoutMarks(markdown: string): string {
  return unfolded(markdown)
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/^> ?/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** What is folded stays hidden in plain text too: only its title remains. */
function unfolded(markdown: string): string {
  const start = markdown.indexOf("<details>");
  if (start < 0) return markdown;
  const end = endOfFold(markdown, start);
  const title = /<summary>(.*?)<\/summary>/.exec(markdown.slice(start))?.[1] ?? "";
  return `${markdown.slice(0, start)}(folded: ${title})${unfolded(markdown.slice(end))}`;
}

function endOfFold(markdown: string, start: number): number {
  let depth = 0;
  for (const { 0: tag, index } of markdown.slice(start).matchAll(/<\/?details>/g)) {
    depth += tag === "<details>" ? 1 : -1;
    if (depth === 0) return start + index + tag.length;
  }
  return markdown.length;
}
