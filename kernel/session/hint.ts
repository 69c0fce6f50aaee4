/** An error, and for one of syntax the line of the cell in which it stands. */
interface Mistake {
  readonly ename: string;
  readonly evalue: string;
  readonly line?: string | undefined;
}

/**
 * A line of help below the errors that come from the order or the halves of cells, or from the habits of
 * another kernel, which no message of JavaScript speaks of. Other errors have none.
 */
export function hintFor({ ename, evalue, line }: Mistake): string | undefined {
  const unknown =
    ename === "ReferenceError" ? /^(\S+) is not defined$/.exec(evalue)?.[1] : undefined;
  if (unknown !== undefined && ofPages.has(unknown)) return noPage;
  if (unknown !== undefined)
    return `Hint: no cell that has run so far names ${unknown}. Run the cell that does, with all above it, or look for a typing error.`;
  if (ename === "SyntaxError" && /^'return' outside of function/.test(evalue)) return secondHalf;
  return ename === "SyntaxError" && line && /^\s*%/.test(line) ? magic : undefined;
}

const ofPages: ReadonlySet<string> = new Set(
  "document window alert localStorage sessionStorage requestAnimationFrame HTMLElement".split(" "),
);

const noPage =
  "Hint: cells run in Node.js, where there is no page. A cell gives the page what to show, for example with display.html.";

/** The help when a cell ends in the middle of something. */
export const firstHalf =
  "Hint: the cell ends before a bracket, a brace or a quote is closed. If it was split in two, select both halves and press Shift + M to merge them.";

const secondHalf =
  "Hint: this looks like the second half of a cell that was split in two. Select both halves and press Shift + M to merge them.";

const magic =
  "Hint: lines that begin with % are for Python's kernel; a cell here is TypeScript. For a shell command there is execSync of node:child_process.";
