import { escaped } from "./html.ts";
import type { WayOn } from "./page.ts";

/** A page of a book, as the others link to it. */
export interface BookPage {
  /** Its address, seen from the pages beside it. */
  readonly href: string;
  readonly title: string;
}

/** Where the contents of a book stand. */
export const contents: BookPage = { href: "index.html", title: "Contents" };

/** The way on from a page of a book: back, to the contents, and forward. */
export function wayOn(pages: readonly BookPage[], index: number): WayOn {
  const link = (page: BookPage | undefined, rel: string, arrow: (title: string) => string) =>
    page ? `<a rel="${rel}" href="${encodeURI(page.href)}">${arrow(escaped(page.title))}</a>` : "";
  const links = [
    link(pages[index - 1], "prev", (title) => `← ${title}`),
    link(contents, "contents", (title) => title),
    link(pages[index + 1], "next", (title) => `${title} →`),
  ].join("\n");
  return (where) => `<nav aria-label="Pages, ${where}">\n${links}\n</nav>`;
}

/** The contents of a book: a link to each of its pages, in order. */
export function tableOfContents(pages: readonly BookPage[]): string {
  const links = pages.map(
    ({ href, title }) => `<li><a href="${encodeURI(href)}">${escaped(title)}</a></li>`,
  );
  return `<nav aria-label="${contents.title}">\n<ol class="contents">\n${links.join("\n")}\n</ol>\n</nav>`;
}
