import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root, writeFile } from "../install/index.ts";

/** What the build put beside the programs: styles, plotly, and what draws with it. */
const built = join(root, "dist", "kernel", "export");

/** A style or program of the page, as text. */
export function read(name: string): string {
  return readFileSync(join(built, name), "utf8");
}

/** Writes what pages share into a folder, for pages that name it as their `assets`. */
export function shareAssets(folder: string): void {
  for (const name of ["page.css", "plotly.js", "page.js"]) {
    writeFile(join(folder, name), read(name));
  }
  writeFile(join(folder, "math.css"), mathFaces());
}

/** A typeface of KaTeX and the class that asks for it in a formula; the others are in every formula. */
const rareFaces: Readonly<Record<string, RegExp>> = {
  Caligraphic: /class="[^"]*mathcal/,
  Fraktur: /class="[^"]*mathfrak|textfrak/,
  SansSerif: /class="[^"]*(?:mathsf|textsf)/,
  Script: /class="[^"]*(?:mathscr|textscr)/,
  Typewriter: /class="[^"]*(?:mathtt|texttt)/,
  AMS: /class="[^"]*(?:mathbb|amsrm)/,
};

/** KaTeX's styles with the typefaces in them that a page uses; without a page, with all. */
export function mathFaces(body?: string): string {
  const file = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");
  const isUsed = (family: string) =>
    body === undefined || (rareFaces[family.split("-")[0]!]?.test(body) ?? true);
  return readFileSync(file, "utf8").replaceAll(/@font-face\{[^}]*\}/g, (face) => {
    const [path, family] = /fonts\/KaTeX_([\w-]+)\.woff2/.exec(face) ?? [];
    if (path === undefined || !isUsed(family!)) return "";
    const font = readFileSync(join(dirname(file), path), "base64");
    return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${font}) format("woff2")`);
  });
}
