import { mathFaces, read } from "./assets.ts";
import { escaped } from "./html.ts";

/** What a page is made of. */
interface Page {
  readonly title: string;
  /** The cells as HTML. */
  readonly body: string;
  /** Whether the body has a heading of the first level; else the title stands above it. */
  readonly hasHeading: boolean;
  /** Where shared styles and programs lie, seen from the page; without it they are in the page. */
  readonly assets: string | undefined;
  /** The way to other pages as HTML, for above and for below the cells. */
  readonly wayOn?: WayOn | undefined;
}

/** Twice on a page, so each says where it stands: who hears a list of landmarks must tell them apart. */
export type WayOn = (where: "above" | "below") => string;

/** The whole page: readable by everyone, and held by the browser itself to asking nothing of the network. */
export function page({ title, body, hasHeading, assets, wayOn }: Page): string {
  const has = { math: body.includes('class="katex'), figures: body.includes('class="figure"') };
  const styles = ["page.css", ...(has.math ? ["math.css"] : [])];
  const programs = has.figures ? ["plotly.js", "page.js"] : [];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
${styles.map((name) => style(name, body, assets)).join("\n")}
</head>
<body>
${wayOn?.("above") ?? ""}
<main>
${hasHeading ? "" : `<h1>${escaped(title)}</h1>\n`}${body}
</main>
${wayOn?.("below") ?? ""}
${programs.map((name) => program(name, assets)).join("\n")}
</body>
</html>
`;
}

/** Everything is in the page (or beside it); whatever an output asks for beyond that is refused. */
function policy(assets: string | undefined): string {
  const beside = assets === undefined ? "" : " 'self' file:";
  return [
    "default-src 'none'",
    "img-src data: blob:",
    `font-src data:${beside}`,
    `style-src 'unsafe-inline'${beside}`,
    `script-src 'unsafe-inline'${beside}`,
  ].join("; ");
}

function style(name: string, body: string, assets: string | undefined): string {
  if (assets !== undefined) return `<link rel="stylesheet" href="${escaped(assets + name)}">`;
  return `<style>\n${name === "math.css" ? mathFaces(body) : read(name)}</style>`;
}

function program(name: string, assets: string | undefined): string {
  if (assets !== undefined) return `<script src="${escaped(assets + name)}"></script>`;
  // In a script only this sequence would end it early.
  return `<script>${read(name).replaceAll("</script", "<\\/script")}</script>`;
}
