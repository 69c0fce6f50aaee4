import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { FigureRenderer } from "./FigureRenderer.ts";
import { loadPlotly } from "./loadPlotly.ts";

/** Draws plotly figures in JupyterLab and Notebook, in trusted and in untrusted notebooks. */
const renderer: IRenderMime.IExtension = {
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

export default renderer;
