import { isPart, type PlotlyFigure, type PlotlyPart } from "./Plotly.ts";

const usualHeight = 450;

/**
 * The figure a notebook holds, as it is handed to plotly: a fresh copy (plotly writes into what it
 * gets), with nothing in it that could reach the network, which matters because untrusted
 * notebooks are drawn too.
 *
 * @throws {TypeError} when the text is no plotly figure.
 */
export function safeFigure(json: string): PlotlyFigure {
  const figure: unknown = JSON.parse(json);
  if (!isPart(figure) || !Array.isArray(figure.data))
    throw new TypeError("Expected a plotly figure with a list `data`, got something else.");
  const layout = isPart(figure.layout) ? figure.layout : {};
  const frames = Array.isArray(figure.frames) ? { frames: figure.frames } : {};
  return {
    data: figure.data,
    layout: {
      height: usualHeight,
      // What the reader zoomed or turned stays so while a slider redraws the figure.
      uirevision: "kept",
      ...layout,
      images: localImages(layout.images),
    },
    config: { ...safeConfig(figure.config), displaylogo: false, showSendToCloud: false },
    ...frames,
  };
}

/** A picture by address would be fetched, so only pictures that lie in the figure itself stay. */
function localImages(images: unknown): readonly PlotlyPart[] {
  if (!Array.isArray(images)) return [];
  return images.filter(
    (image) => isPart(image) && /^data:image\/(png|jpeg);/.test(String(image.source)),
  );
}

/** Of a figure's own config, the addresses and the links to other services are left out. */
function safeConfig(config: unknown): PlotlyPart {
  if (!isPart(config)) return {};
  const kept = Object.entries(config).filter(([name]) => !/URL|link|cloud|studio/i.test(name));
  return Object.fromEntries(kept);
}

/** The sentence a screen reader speaks for a figure: its own alternative text, or its title. */
export function spokenText({ layout }: PlotlyFigure): string {
  const meta = isPart(layout.meta) ? layout.meta.alt : undefined;
  const title = isPart(layout.title) ? layout.title.text : layout.title;
  return [meta, title, "Figure"].find((text) => typeof text === "string" && text !== "") as string;
}
