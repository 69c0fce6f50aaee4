import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { exportNotebooks } from "../../../kernel/export/index.ts";

/** A book of notebooks with these headings; `page` reads one of its pages. */
function bookOf(headings: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "downhill-book-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
  const files = Object.entries(headings).map(([name, source]) => {
    const file = join(folder, `${name}.ipynb`);
    const cells = [{ cell_type: "markdown", metadata: {}, source }];
    writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    return file;
  });
  const book = join(folder, "book");
  exportNotebooks(files, { output: undefined, book });
  return {
    names: readdirSync(book),
    page: (name: string) => readFileSync(join(book, name), "utf8"),
  };
}

const links = (page: string) =>
  [...page.matchAll(/<a rel="(\w+)" href="(.*?)">(.*?)<\/a>/g)].map(([, ...parts]) => parts);

test("A book lists its pages in order, by their headings", () => {
  const { page } = bookOf({ "02-b": "# Second & last", "01-a": "no heading" });
  const listed = [...page("index.html").matchAll(/<li><a href="(.*?)">(.*?)<\/a>/g)];
  expect(listed.map(([, href, title]) => [href, title])).toEqual([
    ["02-b.html", "Second &amp; last"],
    ["01-a.html", "01-a"],
  ]);
});

test("each page of a book leads back, to the contents and on, above and below", () => {
  const { page } = bookOf({ a: "# A", b: "# B", c: "# C" });
  const way = [
    ["prev", "a.html", "← A"],
    ["contents", "index.html", "Contents"],
    ["next", "c.html", "C →"],
  ];
  expect(links(page("b.html"))).toEqual([...way, ...way]);
  expect(links(page("a.html")).map(([rel]) => rel)).not.toContain("prev");
  expect(links(page("c.html")).map(([rel]) => rel)).not.toContain("next");
});

test("a notebook called index keeps its place as the first page", () => {
  const { names, page } = bookOf({ index: "# Welcome", a: "# A" });
  expect(names.sort()).toEqual(["a.html", "assets", "index.html"]);
  expect(page("index.html")).toContain('<h1 id="Welcome">');
});
