import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Trouble } from "../install/index.ts";
import { readNotebook } from "../run/index.ts";
import { shareAssets } from "./assets.ts";
import { exportNotebook } from "./exportNotebook.ts";

/** Where the pages go. */
export interface ExportOptions {
  /** The name of the page, for one notebook. Default: the notebook's, with `.html`. */
  readonly output: string | undefined;
  /** A folder for all pages. They share what is not theirs alone, in its folder `assets`. */
  readonly book: string | undefined;
}

/** Writes each notebook, with the outputs it holds, as an HTML page that needs no network. */
export function exportNotebooks(files: readonly string[], { output, book }: ExportOptions): number {
  if (files.length === 0) {
    throw new Trouble(
      "downhill export needs a notebook.",
      "For example `downhill export lesson.ipynb`.",
    );
  }
  if (output !== undefined && (files.length > 1 || book !== undefined)) {
    throw new Trouble(
      "--output names one page, but several were asked for.",
      "Leave it out, or use --book FOLDER alone.",
    );
  }
  const notebooks = files.map((file) => ({ file, notebook: readNotebook(file) }));
  if (book !== undefined) shareAssets(join(book, "assets"));
  for (const { file, notebook } of notebooks) {
    const title = basename(file, ".ipynb");
    const beside = join(book ?? dirname(file), `${title}.html`);
    const options = {
      title,
      folder: dirname(file),
      ...(book !== undefined && { assets: "assets/" }),
    };
    write(output ?? beside, exportNotebook(notebook, options));
    if (notebook.cells.every(({ outputs = [] }) => outputs.length === 0)) {
      console.error(`${file} holds no outputs. \`downhill run ${file} --inplace\` makes them.`);
    }
  }
  return 0;
}

function write(file: string, html: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, html);
  console.log(`${file}: ${Math.ceil(Buffer.byteLength(html) / 1000)} kB`);
}
