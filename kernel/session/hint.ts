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
  return ename === "SyntaxError" ? hintForSyntax(evalue, line) : undefined;
}

function hintForSyntax(evalue: string, line: string | undefined): string | undefined {
  if (/^'return' outside of function/.test(evalue)) return secondHalf;
  const [, module, name] = notExported.exec(evalue) ?? [];
  if (module && name) return /^[./]/.test(module) ? notThere(name) : asWhole(module, name);
  return line && /^\s*%/.test(line) ? magic : undefined;
}

/** What Node.js says of a file that imports what is not there; of cells the kernel says it itself. */
const notExported = /^The requested module '([^']+)' does not provide an export named '([^']+)'$/;

const notThere = (name: string): string =>
  `Hint: a file that is imported here wants ${name} from it. A type is handed on by export type; anything else must be exported there by this name.`;

/** Node.js finds few names of CommonJS packages, and a file, unlike a cell, has only those. */
const asWhole = (module: string, name: string): string =>
  `Hint: a file that is imported here wants ${name} from it. If ${module} has it, as a CommonJS package, that file can write: import whole from "${module}"; const { ${name} } = whole;`;

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
