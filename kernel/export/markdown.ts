import { Marked, type Tokens } from "marked";
import { highlight } from "./code.ts";
import { escaped } from "./html.ts";
import { takeTexOut } from "./tex.ts";

/** Gives the picture at an address as a `data:` address, or nothing when it cannot be had offline. */
export type FindPicture = (address: string) => string | undefined;

/** Markdown as JupyterLab understands it, with formulas, as HTML. */
export function markdown(source: string, findPicture: FindPicture = () => undefined): string {
  const { text, putBack } = takeTexOut(source);
  const renderer = {
    code: ({ text, lang }: Tokens.Code) =>
      `<pre class="code" tabindex="0"><code>${highlight(text, lang?.split(/\s/)[0] ?? "")}</code></pre>\n`,
    image: ({ href, text }: Tokens.Image) => image(findPicture(href), text),
  };
  const marked = new Marked({ gfm: true, renderer, walkTokens: leadToPage });
  const html = marked.parse(text, { async: false });
  return putBack(withAnchors(html));
}

function image(address: string | undefined, words: string): string {
  // A picture on the network would be a request, so its words stand for it.
  if (address === undefined) return `<em>[${escaped(words || "picture")}]</em>`;
  return `<img src="${address}" alt="${escaped(words)}">`;
}

/** Links to other notebooks lead to the pages beside this one. */
function leadToPage(token: { type: string; href?: string }): void {
  if (token.type !== "link" || token.href === undefined || /^\w+:/.test(token.href)) return;
  token.href = token.href.replace(/\.ipynb(?=#|$)/, ".html");
}

/** Headings get the ids that JupyterLab gives them: their text with `-` for a blank. */
function withAnchors(html: string): string {
  return html.replace(/<h([1-6])>(.*?)<\/h\1>/g, (_, level, content) => {
    const words = content.replace(/<[^>]+>|[\uE000-\uE001]/g, "").replaceAll(" ", "-");
    return `<h${level} id="${words}">${content}</h${level}>`;
  });
}
