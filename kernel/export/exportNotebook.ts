import { type Cell, type Notebook, sourceOf } from "../run/index.ts";
import { highlight } from "./code.ts";
import { escaped, fold } from "./html.ts";
import { type FindPicture, markdown } from "./markdown.ts";
import { outputs } from "./outputs.ts";
import { page, type WayOn } from "./page.ts";
import { pictures } from "./pictures.ts";

/** How a notebook becomes a page. */
export interface PageOptions {
  /** The title when the notebook has no heading of the first level. */
  readonly title: string;
  /** Where pictures that the notebook names by a path lie. Default: nowhere, their words stand for them. */
  readonly folder?: string;
  /**
   * Where the page finds styles and programs that several pages share, as {@link shareAssets} wrote
   * them: a path from the page, for example `"assets/"`. Default: all is in the page itself.
   */
  readonly assets?: string;
  /** The way to other pages as HTML, for above and for below the cells. Default: none. */
  readonly wayOn?: WayOn;
}

/**
 * A notebook with its outputs as one HTML page that needs no network: figures are drawn and can be
 * moved, formulas are set, code is coloured, and what the notebook folds away can be unfolded.
 *
 * @example
 * const html = exportNotebook(readNotebook("lesson.ipynb"), { title: "lesson" });
 */
export function exportNotebook(notebook: Notebook, options: PageOptions): string {
  const { title, folder, assets, wayOn } = options;
  const cells = notebook.cells.map((cell) => section(cell, pictures(cell, folder)));
  const heading = headingOf(notebook);
  const body = cells.filter((cell) => cell !== "").join("\n");
  return page({ title: heading ?? title, body, assets, hasHeading: heading !== undefined, wayOn });
}

/** The first heading of the first level, if there is one. */
export function headingOf(notebook: Notebook): string | undefined {
  return notebook.cells
    .filter(({ cell_type }) => cell_type === "markdown")
    .map((cell) => /^# +(.+)/m.exec(sourceOf(cell))?.[1])
    .find((text) => text !== undefined);
}

function section(cell: Cell, findPicture: FindPicture): string {
  const tags = new Set(cell.metadata.tags ?? []);
  if (tags.has("remove-cell")) return "";
  const content = cell.cell_type === "code" ? code(cell, tags) : text(cell, findPicture);
  if (content === "") return "";
  if (tags.has("solution")) return fold("Show the solution", content);
  return tags.has("hide-cell") ? fold("Show this part", content) : content;
}

function text(cell: Cell, findPicture: FindPicture): string {
  const source = sourceOf(cell);
  if (source.trim() === "") return "";
  if (cell.cell_type === "markdown") return markdown(source, findPicture);
  return `<pre tabindex="0">${escaped(source)}</pre>`;
}

/** The tags are those of jupyter-book, which JupyterLab's own folding stands beside. */
function code(cell: Cell, tags: ReadonlySet<string>): string {
  const { source_hidden, outputs_hidden } = cell.metadata.jupyter ?? {};
  const source = sourceOf(cell);
  const program = `<pre class="code" tabindex="0"><code>${highlight(source, "typescript")}</code></pre>`;
  const input = source.trim() === "" || tags.has("remove-input") ? "" : program;
  const shown = tags.has("remove-output") ? "" : outputs(cell.outputs ?? []);
  const results = shown && `<div class="outputs">${shown}</div>`;
  const isHidden = {
    input: tags.has("hide-input") || source_hidden,
    output: tags.has("hide-output"),
  };
  return [
    isHidden.input && input ? fold("Show the code", input) : input,
    (isHidden.output || outputs_hidden) && results ? fold("Show the output", results) : results,
  ].join("\n");
}
