import { becomePage } from "./dom/page.ts";
import { asFigure, isSolid, pictured } from "./figures.ts";
import { drawFlat, type Plotly } from "./flat.ts";
import { layOutWith } from "./font.ts";
import { readFonts } from "./fonts.ts";
import { startRasteriser } from "./rasterise.ts";
import { drawSolid } from "./solid/index.ts";

/** Draws a figure as a PNG file. */
export type Draw = (figure: unknown, scale: number) => Promise<Uint8Array>;

/** Gets ready to draw with what the build put into `folder`: fonts and plotly. */
export async function prepareToDraw(folder: URL): Promise<Draw> {
  const fonts = await readFonts(folder);
  layOutWith(fonts.regular, fonts.bold);
  const rasterise = await startRasteriser(fonts);
  const document = becomePage();
  // Only now: plotly looks for a page while it loads.
  const { default: plotly }: { default: Plotly } = await import(new URL("plotly.js", folder).href);
  return async (figure, scale) => {
    const fixed = pictured(asFigure(figure));
    const svg = isSolid(fixed) ? drawSolid(fixed, scale) : await drawFlat(plotly, document, fixed);
    return rasterise(svg, scale);
  };
}
