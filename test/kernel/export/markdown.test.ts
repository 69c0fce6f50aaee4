import { expect, test } from "vitest";
import { markdown } from "../../../kernel/export/markdown.ts";

test("formulas keep their signs, in a table and between emphases too", () => {
  const html = markdown("*a* $x_1 * |y|_2$ *b*\n\n| a | b |\n|---|---|\n| $|z|$ | 2 |");
  expect(html).toContain("x_1 * |y|_2");
  expect(html).toContain("<em>b</em>");
  expect(html.match(/<td>/g)).toHaveLength(2);
});

test("a formula is there for the eye and for the ear", () => {
  const html = markdown("$$\\frac{1}{2}$$");
  expect(html).toContain("<mfrac>");
  expect(html).toContain('class="katex-html" aria-hidden="true"');
});

test.each([
  ["prices", "It costs $5 or $6."],
  ["code", "`$a$` and\n\n```ts\nconst $b$ = 1;\n```"],
  ["a sign with a backslash", "one \\$ and two \\$"],
])("dollars in %s open no formula", (_, source) => {
  expect(markdown(source)).not.toContain("katex");
});

test("what is no TeX is shown, and the text around it stays", () => {
  const html = markdown("before $\\frac{$ after");
  expect(html).toContain("before");
  expect(html).toContain("\\frac{");
  expect(html).toContain("after");
});

test("headings have the addresses that JupyterLab gives them", () => {
  expect(markdown("## 7 Often said, and what is true")).toContain(
    '<h2 id="7-Often-said,-and-what-is-true">',
  );
});

test("links to notebooks lead to their pages, other links stay", () => {
  const html = markdown("[a](02-b.ipynb#c) [d](https://example.org/e.ipynb)");
  expect(html).toContain('href="02-b.html#c"');
  expect(html).toContain('href="https://example.org/e.ipynb"');
});

test("a picture that cannot be had offline is told by its words", () => {
  expect(markdown("![a hill](https://example.org/hill.png)")).toContain("[a hill]");
  expect(markdown("![a hill](hill.png)", () => "data:image/png;base64,AA==")).toContain(
    '<img src="data:image/png;base64,AA==" alt="a hill">',
  );
});

test("what is folded away in the text stays so, with its Markdown inside", () => {
  const html = markdown("<details><summary>Solution</summary>\n\nIt is **2** $x$.\n\n</details>");
  expect(html).toContain("<summary>Solution</summary>");
  expect(html).toContain("<strong>2</strong>");
  expect(html).toContain("katex");
});
