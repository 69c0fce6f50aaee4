import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundlePlotly } from "../bundlePlotly.mjs";

/**
 * Puts into `folder` what exported pages hold: their style, plotly, and the program that draws with it.
 *
 * @param {string} folder
 */
export async function buildExport(folder) {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "plotly.js"), await bundlePlotly({ webgl: true, as: "script" })),
    copyFile(new URL("page/page.css", import.meta.url), join(folder, "page.css")),
    build({
      entryPoints: [fileURLToPath(new URL("page/page.ts", import.meta.url))],
      outfile: join(folder, "page.js"),
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2020",
    }),
  ]);
}
