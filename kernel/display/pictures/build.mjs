import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundlePlotly } from "../../bundlePlotly.mjs";

/**
 * Puts into `folder` what the drawing thread needs: its program, plotly without the WebGL traces,
 * and the fonts. DejaVu is free to copy together with its licence.
 *
 * @param {string} folder
 */
export async function buildPictures(folder) {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "plotly.js"), await bundlePlotly({ webgl: false })),
    bundleWorker(join(folder, "worker.js")),
    ...fontFiles().map(([from, name]) => copyFile(from, join(folder, name))),
  ]);
}

/** @param {string} outfile */
function bundleWorker(outfile) {
  return build({
    entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20.19",
  });
}

/** @returns {[from: string, name: string][]} */
function fontFiles() {
  const home = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  return [
    [join(home, "ttf", "DejaVuSansCondensed.ttf"), "DejaVuSansCondensed.ttf"],
    [join(home, "ttf", "DejaVuSansCondensed-Bold.ttf"), "DejaVuSansCondensed-Bold.ttf"],
    [join(home, "LICENSE"), "DejaVu-LICENSE"],
  ];
}
