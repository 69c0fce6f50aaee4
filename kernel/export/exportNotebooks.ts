import { basename, dirname, join } from "node:path";
import { Trouble, writeFile } from "../install/index.ts";
import { readNotebook } from "../run/index.ts";
import { shareAssets } from "./assets.ts";
import { type BookPage, contents, tableOfContents, wayOn } from "./book.ts";
import { exportNotebook, headingOf } from "./exportNotebook.ts";
import { page } from "./page.ts";

/** Where the pages go. */
export interface ExportOptions {
  /** The name of the page, for one notebook. Default: the notebook's, with `.html`. */
  readonly output: string | undefined;
  /**
   * A folder for all pages. They share what is not theirs alone, in its folder `assets`, lead to each
   * other in the order given, and are listed in its `index.html`.
   */
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
  const pages = notebooks.map(({ file, notebook }): BookPage => {
    const name = basename(file, ".ipynb");
    return { href: `${name}.html`, title: headingOf(notebook) ?? name };
  });
  if (book !== undefined) begin(book, pages);
  for (const [index, { file, notebook }] of notebooks.entries()) {
    const title = basename(file, ".ipynb");
    const beside = join(book ?? dirname(file), `${title}.html`);
    const options = {
      title,
      folder: dirname(file),
      ...(book !== undefined && { assets: "assets/", wayOn: wayOn(pages, index) }),
    };
    write(output ?? beside, exportNotebook(notebook, options));
    if (notebook.cells.every(({ outputs = [] }) => outputs.length === 0)) {
      console.error(`${file} holds no outputs. \`downhill run ${file} --inplace\` makes them.`);
    }
  }
  return 0;
}

/** What pages share, and the list of them, unless one of them is the first page itself. */
function begin(book: string, pages: readonly BookPage[]): void {
  shareAssets(join(book, "assets"));
  if (pages.some(({ href }) => href === contents.href)) return;
  const { title } = contents;
  const body = tableOfContents(pages);
  write(join(book, contents.href), page({ title, body, assets: "assets/", hasHeading: false }));
}

function write(file: string, html: string): void {
  writeFile(file, html);
  console.log(`${file}: ${Math.ceil(Buffer.byteLength(html) / 1000)} kB`);
}
