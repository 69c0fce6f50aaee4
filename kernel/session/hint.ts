/**
 * A line of help below the errors that come from the order or the halves of cells, which no message of
 * JavaScript speaks of. Other errors have none.
 */
export function hintFor({ ename, evalue }: { ename: string; evalue: string }): string | undefined {
  const unknown =
    ename === "ReferenceError" ? /^(\S+) is not defined$/.exec(evalue)?.[1] : undefined;
  if (unknown !== undefined)
    return `Hint: no cell that has run so far names ${unknown}. Run the cell that does, with all above it, or look for a typing error.`;
  if (ename === "SyntaxError" && /^'return' outside of function/.test(evalue)) return secondHalf;
  return undefined;
}

/** The help when a cell ends in the middle of something. */
export const firstHalf =
  "Hint: the cell ends before a bracket, a brace or a quote is closed. If it was split in two, select both halves and press Shift + M to merge them.";

const secondHalf =
  "Hint: this looks like the second half of a cell that was split in two. Select both halves and press Shift + M to merge them.";
