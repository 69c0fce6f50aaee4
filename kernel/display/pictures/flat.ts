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
    for (const layer of node.querySelectorAll(".shapelayer")) clipTogether(layer);
    return plotly.Snapshot.toSVG(node, "svg");
  } finally {
    plotly.purge(node);
    node.remove();
  }
}

/**
 * Cuts shapes off once for a whole layer where plotly does it for each. The bands of a map are twenty
 * such shapes, and the rasteriser would take a picture's size of pixels for every one of them.
 */
function clipTogether(layer: PlainElement): void {
  const clips = new Set(layer.children.map((shape) => shape.getAttribute("clip-path")));
  const [clip] = clips;
  if (clips.size !== 1 || !clip) return;
  layer.setAttribute("clip-path", clip);
  for (const shape of layer.children) shape.removeAttribute("clip-path");
}

export type { Plotly };
