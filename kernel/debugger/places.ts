import type { Place } from "../compile/index.ts";
import type { CellSource } from "../session/index.ts";

/** A place as the inspector counts it: lines and columns from 0. */
export interface CodePlace {
  readonly lineNumber: number;
  readonly columnNumber?: number | undefined;
}

/** Where a place in a cell's code lies: in the learner's text, or in what the compiler put around it. */
export type Spot = Place | "before" | "behind";

/** From a place in the code of a cell to the place in its text. */
export function spotOf({ code, place }: CellSource, at: CodePlace): Spot {
  const { lineNumber, columnNumber = 0 } = at;
  if (lineNumber === 0 && columnNumber < 0) return "before";
  if (lineNumber >= code.split("\n").length - 1) return "behind";
  return place({ line: lineNumber + 1, column: columnNumber });
}

/** The first place in the code of a cell that was made from this line of its text. */
export function codePlaceOf(source: CellSource, line: number): CodePlace | undefined {
  const lines = bodyOf(source);
  // In most cells a line of the code is the same line of the text.
  if (lines[line - 1] !== undefined && source.place({ line, column: 0 }).line === line) {
    return { lineNumber: line - 1, columnNumber: 0 };
  }
  for (const [lineNumber, text] of lines.entries()) {
    for (let columnNumber = 0; columnNumber < Math.max(1, text.length); columnNumber++) {
      const made = source.place({ line: lineNumber + 1, column: columnNumber });
      if (made.line === line) return { lineNumber, columnNumber };
    }
  }
  return undefined;
}

/** The lines of the code between what the compiler put before and behind them. */
const bodyOf = ({ code, columnOffset }: CellSource): string[] =>
  code.slice(-columnOffset).split("\n").slice(0, -1);

/** The code from a place on, as far as its line goes. */
export const codeAt = (source: CellSource, { lineNumber, columnNumber = 0 }: CodePlace): string =>
  (bodyOf(source)[lineNumber] ?? "").slice(Math.max(0, columnNumber));

/** How far a place is from the beginning of the text. */
export const offsetIn = (text: string, { line, column }: Place): number =>
  text
    .split("\n")
    .slice(0, line - 1)
    .reduce((sum, above) => sum + above.length + 1, column);
