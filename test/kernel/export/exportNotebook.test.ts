import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportNotebook, type PageOptions } from "../../../kernel/export/index.ts";
import type { Cell, Output } from "../../../kernel/run/index.ts";

const code = (source: string, outputs: readonly Output[] = [], metadata = {}): Cell => ({
  cell_type: "code",
  source,
  metadata,
  outputs,
});
const text = (source: string, rest: Partial<Cell> = {}): Cell => ({
  cell_type: "markdown",
  source,
  metadata: {},
  ...rest,
});
/** The page without what it shares with others, so that a failure is short. */
const exported = (cells: Cell[], options: Partial<PageOptions> = {}): string =>
  exportNotebook(
    { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 },
    { title: "untitled", assets: "assets/", ...options },
  );
const whole = (cells: Cell[]): string =>
  exportNotebook({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, { title: "whole" });
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

test("a page is called by its first heading, or as its file", () => {
  expect(exported([text("# One & two")])).toContain("<title>One &amp; two</title>");
  const page = exported([text("words")]);
  expect(page).toContain("<title>untitled</title>");
  expect(page).toContain("<h1>untitled</h1>");
});

test("code is coloured, and no letter of it is lost", () => {
  const page = exported([code("const a = b < c && `<b>d</b>`;")]);
  expect(page).toContain('<span class="hljs-keyword">const</span>');
  const [, inside] = /<pre class="code"[^>]*><code>([\s\S]*?)<\/code>/.exec(page)!;
  const plain = inside!
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  expect(plain.replaceAll("&amp;", "&")).toBe("const a = b < c && `<b>d</b>`;");
});

test.each([
  ["hide-input", {}, "Show the code"],
  ["hide-output", {}, "Show the output"],
  ["solution", {}, "Show the solution"],
  ["hide-cell", {}, "Show this part"],
  ["", { jupyter: { source_hidden: true } }, "Show the code"],
  ["", { jupyter: { outputs_hidden: true } }, "Show the output"],
])("what the notebook hides (%s %j) can be unfolded", (tag, metadata, summary) => {
  const page = exported([
    code("secret", [shown({ "text/plain": "s" })], { tags: [tag], ...metadata }),
  ]);
  expect(page).toContain(`<details><summary>${summary}</summary>`);
  expect(page).toContain("secret");
});

test("what is to be removed is not in the page at all", () => {
  const cells = ["remove-cell", "remove-input", "remove-output"].map((tag, index) =>
    code(`input${index}`, [shown({ "text/plain": `output${index}` })], { tags: [tag] }),
  );
  const page = exported(cells);
  expect(page.match(/input\d|output\d/g)).toEqual(["output1", "input2"]);
});

test("the richest form is shown: a figure before its picture, HTML before plain text", () => {
  const figure = { data: [{ y: [1] }], layout: { meta: { alt: "a </script> point" } } };
  const page = exported([
    code("", [
      shown({ "application/vnd.plotly.v1+json": figure, "image/png": "AA==", "text/plain": "p" }),
    ]),
    code("", [shown({ "text/html": ["<b>", "bold</b>"], "text/plain": "left out" })]),
    code("", [shown({ "image/png": "BB==", "text/plain": "a picture" })]),
  ]);
  const [, json] = /<script type="application\/json">([\s\S]*?)<\/script>/.exec(page)!;
  expect(JSON.parse(json!)).toEqual(figure);
  expect(page).toContain('aria-label="a &lt;/script&gt; point"');
  expect(page).toContain("<b>bold</b>");
  expect(page).not.toContain("left out");
  expect(page).toContain('<img src="data:image/png;base64,BB==" alt="a picture">');
});

test("printed text and errors are plain, without the signs of a terminal", () => {
  const page = exported([
    code("", [
      { output_type: "stream", name: "stdout", text: ["10 %\r", "99 %\r100 %\n", "<done>"] },
      {
        output_type: "error",
        ename: "E",
        evalue: "v",
        traceback: ["\u001b[31mRangeError\u001b[0m"],
      },
    ]),
  ]);
  expect(page).toContain('<pre class="stdout" tabindex="0">100 %\n&lt;done&gt;</pre>');
  expect(page).toContain('<pre class="error" tabindex="0">RangeError</pre>');
});

test("pictures come from the cell or from beside the notebook, into the page", () => {
  const folder = mkdtempSync(join(tmpdir(), "downhill-export-"));
  writeFileSync(join(folder, "dot.png"), "dot");
  const cells = [
    text("![a](attachment:my%20dot.png)", {
      attachments: { "my dot.png": { "image/png": "AA==" } },
    }),
    text("![b](dot.png) ![c](missing.png)"),
  ];
  const page = exported(cells, { folder });
  expect(page).toContain('<img src="data:image/png;base64,AA==" alt="a">');
  expect(page).toContain(`<img src="data:image/png;base64,${btoa("dot")}" alt="b">`);
  expect(page).toContain("[c]");
});

test("only pages with figures hold plotly, only pages with formulas typefaces, and shared ones neither", () => {
  const figure = [
    code("", [shown({ "application/vnd.plotly.v1+json": { data: [], layout: {} } })]),
  ];
  const sizes = [
    whole([text("words")]),
    whole([text("$x$")]),
    whole(figure),
    exported([text("$x$"), ...figure]),
  ].map(({ length }) => Math.round(length / 1000));
  expect(sizes[0]).toBeLessThan(10);
  expect(sizes[1]).toBeGreaterThan(100);
  expect(sizes[1]).toBeLessThan(400);
  expect(sizes[2]).toBeGreaterThan(1500);
  expect(sizes[3]).toBeLessThan(10);
});
