import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { withoutDescriptions } from "./withoutDescriptions.mjs";

/** The kinds of trace our figures use. plotly's stock partial bundles have no contour with surface. */
const flat = ["bar", "box", "violin", "heatmap", "contour", "histogram", "histogram2d", "table"];
const solid = ["surface", "scatter3d", "mesh3d"];

/**
 * plotly.js with the traces that figures here use: about 40 % of the full size. As an ES module its
 * default export is Plotly and no global is left behind; as a script it is the global `Plotly`.
 *
 * plotly.js stays at 3.7 because 4.x declares Node 22 as its floor, because 3.7 is what Python's
 * plotly 6 draws with, and because 4.x shows an upload button unless told otherwise.
 *
 * @param {{ webgl: boolean, as?: "module" | "script" }} options  Whether to include the 3-D traces.
 */
export async function bundlePlotly({ webgl, as = "module" }) {
  const traces = webgl ? [...flat, ...solid] : flat;
  const required = traces.map((trace) => `require("plotly.js/lib/${trace}")`);
  const result = await build({
    stdin: {
      contents: `const Plotly = require("plotly.js/lib/core");
Plotly.register([${required.join(", ")}]);
module.exports = Plotly;`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    ...(as === "module" ? { format: "esm" } : { format: "iife", globalName: "Plotly" }),
    target: "es2020",
    // As plotly's own build has it: without these the bundle breaks on pages with an AMD loader.
    define: { global: "window", "define.amd": "false" },
    // Only the map traces, which are left out, have styles.
    loader: { ".css": "empty" },
    legalComments: "none",
    plugins: [withoutDescriptions],
  });
  return result.outputFiles[0]?.contents ?? new Uint8Array();
}
