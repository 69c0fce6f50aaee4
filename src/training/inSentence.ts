import { shownAs } from "../shown.ts";

/** A result that a notebook shows by a sentence in place of its many numbers. */
export function inSentence<Result extends object>(result: Result, text: string): Result {
  return shownAs(result, () => ({ "text/plain": text }));
}
