/** A result that a notebook shows by a sentence in place of its many numbers. */
export function inSentence<Result extends object>(result: Result, text: string): Result {
  const value = () => ({ "text/plain": text });
  return Object.defineProperty(result, Symbol.for("Jupyter.display"), { value });
}
