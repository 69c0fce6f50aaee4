import vm from "node:vm";

/** What the host compiled a cell to. */
export interface CellText {
  /** A function expression. */
  readonly code: string;
  /** The name in stack traces. */
  readonly file: string;
  readonly columnOffset: number;
}

/** The cell that was read last, and has not run. */
let coming:
  | { readonly code: string; readonly file: string; readonly script: vm.Script }
  | undefined;

/** Lets V8 read a cell that will run if the type checker has nothing against it. */
export function readAhead(text: CellText): void {
  const { code, file } = text;
  coming = undefined;
  try {
    coming = { code, file, script: read(text) };
  } catch {
    // It is read again when it runs, and the error is the cell's then.
  }
}

/** The function that a cell is, which may have been read ahead. @throws {SyntaxError} */
export function functionOf(text: CellText): unknown {
  const known = coming;
  coming = undefined;
  const isRead = known?.code === text.code && known.file === text.file;
  return (isRead ? known.script : read(text)).runInThisContext();
}

function read({ code, file, columnOffset }: CellText): vm.Script {
  try {
    return new vm.Script(code, { filename: file, columnOffset });
  } catch (error) {
    if (error instanceof Error) error.stack = markedInCell(String(error.stack), columnOffset);
    throw error;
  }
}

/** V8 shows the line of a mistake and marks the place below it; in the first line it counts what stands before the cell. */
function markedInCell(stack: string, columnOffset: number): string {
  const [place = "", line = "", mark = "", ...rest] = stack.split("\n");
  if (!place.endsWith(":1")) return stack;
  return [place, line.slice(-columnOffset), mark.slice(-columnOffset), ...rest].join("\n");
}
