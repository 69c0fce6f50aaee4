import { bundle, folded, jupyterDisplay, type Shown } from "./shown.ts";

/** Hints, each folded inside the one before; the last fold may hold the solution. */
export interface Hints extends Shown {
  readonly hints: readonly string[];
  readonly markdown: string;
}

/**
 * Help in small steps: the reader opens the first hint, and only inside it waits the next.
 *
 * @param hints From a nudge to nearly the answer, in Markdown.
 * @param solution What waits behind the last hint, if anything.
 * @example
 * hint(["Which sign has the slope?", "Left of the minimum it is negative."]).hints.length   // → 2
 */
export function hint(hints: readonly string[], solution?: string): Hints {
  const ending = solution === undefined ? "" : folded("Solution", solution);
  const markdown = hints.reduceRight(
    (inner, text, index) =>
      folded(`Hint ${index + 1} of ${hints.length}`, inner ? `${text}\n\n${inner}` : text),
    ending,
  );
  return { hints, markdown, [jupyterDisplay]: () => bundle(markdown) };
}
