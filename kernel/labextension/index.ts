import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Plotly } from "../figure/index.ts";
import { FigureRenderer } from "./FigureRenderer.ts";
import { extensionFolder } from "./federation/container.ts";

/** The file name of our plotly bundle, which the build puts beside this code. */
declare const PLOTLY_FILE: string;

let plotly: Promise<Plotly> | undefined;

/** Plotly is two megabytes, so it is fetched (from the Jupyter server itself) by the first figure. */
function loadPlotly(): Promise<Plotly> {
  plotly ??= import(extensionFolder + PLOTLY_FILE).then(
    (bundle: { readonly default: Plotly }) => bundle.default,
  );
  return plotly;
}

/** Draws plotly figures in JupyterLab and Notebook, in trusted and in untrusted notebooks. */
const extension: IRenderMime.IExtension = {
  id: "downhill-figures:renderer",
  description: "Draws plotly figures, offline.",
  rank: 0,
  dataType: "json",
  rendererFactory: {
    safe: true,
    mimeTypes: ["application/vnd.plotly.v1+json"],
    createRenderer: (options) => new FigureRenderer(options, loadPlotly),
  },
};

export default extension;
