import { CellSyntaxError, isJsx, parseCell, withoutHashLines } from "./parse.ts";

/** Whether a console should run what is typed so far or wait for more, and how far to indent the next line. */
export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Reads the text as a cell; an error where the text ends means that more is to come. */
export function isComplete(source: string): Completeness {
  try {
    parseCell(withoutHashLines(source));
    return { status: "complete" };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    if (isJsx(source)) return { status: "complete" };
    const open = /^Unterminated (template|comment)|^Missing catch or finally/.test(error.message);
    const atEnd = error.position >= source.trimEnd().length;
    if (!open && !atEnd) return { status: "invalid" };
    return { status: "incomplete", indent: indentation(source) };
  }
}

/** That of the last line, and two spaces more behind an opening bracket. */
function indentation(source: string): string {
  const line = source.trimEnd().split("\n").at(-1)!;
  const [indent] = /^[ \t]*/.exec(line)!;
  return /[[({]$/.test(line.trimEnd()) ? `${indent}  ` : indent;
}
