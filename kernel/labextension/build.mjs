import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundlePlotly } from "../bundlePlotly.mjs";
import { federate, fingerprint } from "./federation/federate.mjs";

/**
 * Builds our prebuilt JupyterLab extension as the folder `downhill-figures` inside `outDir`; copying
 * that folder into `share/jupyter/labextensions` of any Jupyter path installs it.
 *
 * @param {string} outDir
 */
export async function buildLabextension(outDir) {
  const plotly = await bundlePlotly({ webgl: true });
  const file = `plotly.${fingerprint(plotly)}.js`;
  const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  await federate(
    {
      name: "downhill-figures",
      version: JSON.parse(manifest).version,
      modules: { "./mimeExtension": source("renderer.ts"), "./extension": source("preloader.ts") },
      shared: ["@lumino/widgets"],
      define: { PLOTLY_FILE: JSON.stringify(file) },
      files: { [file]: plotly },
      load: { mimeExtension: "./mimeExtension", extension: "./extension" },
    },
    join(outDir, "downhill-figures"),
  );
}

/** @param {string} file */
const source = (file) => fileURLToPath(new URL(file, import.meta.url));
