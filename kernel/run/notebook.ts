import { readFileSync } from "node:fs";
import { Trouble, writeFile } from "../install/index.ts";

/** A notebook file of format 4, as far as running it concerns. */
export interface Notebook {
  cells: Cell[];
  metadata: { kernelspec?: { name?: string; language?: string } };
  nbformat: number;
  nbformat_minor: number;
}

/** A cell. Its source may be one text or a list of lines. */
export interface Cell {
  cell_type: string;
  source: string | readonly string[];
  metadata: {
    tags?: readonly string[];
    nbgrader?: unknown;
    /** What JupyterLab has folded away. */
    jupyter?: { source_hidden?: boolean; outputs_hidden?: boolean };
  };
  /** Pictures that were pasted into a Markdown cell: forms by MIME type, by file name. */
  attachments?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  outputs?: readonly Output[];
  execution_count?: number | null;
}

/** An output as a notebook file keeps it. */
export type Output = Readonly<{ output_type: string } & Record<string, unknown>>;

/** Reads a notebook that our kernel can run. */
export function readNotebook(file: string): Notebook {
  const notebook = parsed(file);
  if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new Trouble(
      `${file} is no notebook of format 4.`,
      "Open it in JupyterLab and save it; that brings an older notebook up to date.",
    );
  }
  const odd = notebook.cells.findIndex((cell) => !isCell(cell));
  if (odd >= 0) {
    throw new Trouble(
      `Cell ${odd + 1} of ${file} is no cell of a notebook: it has no source that is a text or a list of lines.`,
      "Open the notebook in JupyterLab, which says more of what is wrong with it.",
    );
  }
  const { name = "downhill", language = "typescript" } = notebook.metadata?.kernelspec ?? {};
  if (/typescript|javascript/i.test(language) || /downhill|tslab|deno/.test(name)) return notebook;
  throw new Trouble(
    `${file} is a notebook for the kernel "${name}" (${language}), and downhill runs TypeScript.`,
    "Choose the kernel “TypeScript (downhill)” for it in JupyterLab and save it.",
  );
}

const isCell = (cell: Partial<Cell> | null): boolean =>
  typeof cell?.cell_type === "string" &&
  (typeof cell.source === "string" ||
    (Array.isArray(cell.source) && cell.source.every((line) => typeof line === "string")));

function parsed(file: string): Notebook {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Trouble(`The notebook ${file} cannot be read.`, "Is its name spelled right?", {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Trouble(
      `${file} is no notebook: it is not JSON.`,
      "A notebook's name ends with .ipynb; its Markdown source cannot be run.",
      { cause },
    );
  }
}

/** Writes a notebook as Jupyter does, all or nothing. */
export function writeNotebook(file: string, notebook: Notebook): void {
  writeFile(file, `${JSON.stringify(notebook, null, 1)}\n`);
}

/** The text of a cell. */
export function sourceOf({ source }: Cell): string {
  return typeof source === "string" ? source : source.join("");
}
