import type { PlainDocument } from "./dom/PlainDocument.ts";
import type { PlainElement } from "./dom/PlainElement.ts";
import type { PlotlyFigure } from "./figures.ts";

interface Plotly {
  newPlot(node: PlainElement, figure: PlotlyFigure): Promise<unknown>;
  purge(node: PlainElement): void;
  readonly Snapshot: { toSVG(node: PlainElement, format: "svg"): string };
}

/** Draws a two-dimensional figure as SVG: plotly itself does it, on a page without a browser. */
export async function drawFlat(
  plotly: Plotly,
  document: PlainDocument,
  figure: PlotlyFigure,
): Promise<string> {
  const node = document.createElement("div");
  document.body.appendChild(node);
  try {
    // What is seen at a glance: no buttons, and no moving to a first frame.
    await plotly.newPlot(node, {
      data: figure.data,
      layout: figure.layout,
      config: { staticPlot: true },
    });
    return plotly.Snapshot.toSVG(node, "svg");
  } finally {
    plotly.purge(node);
    node.remove();
  }
}

export type { Plotly };
