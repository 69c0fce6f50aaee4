import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Fonts } from "./fonts.ts";
import { encodeOpaquePng } from "./png.ts";

/** Turns SVG into a PNG file, `scale` pixels of the picture for one of the drawing. */
export type Rasterise = (svg: string, scale: number) => Uint8Array;

/** Starts the rasteriser; texts in any family are set in the given fonts. */
export async function startRasteriser({ regular, bold }: Fonts): Promise<Rasterise> {
  const require = createRequire(import.meta.url);
  await initWasm(await readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const font = {
    fontBuffers: [regular, bold],
    loadSystemFonts: false,
    defaultFontFamily: family,
    sansSerifFamily: family,
    serifFamily: family,
    monospaceFamily: family,
  };
  return (svg, scale) => {
    const image = new Resvg(sharpPixels(withoutSeams(svg)), {
      font,
      fitTo: { mode: "zoom", value: scale },
      background: "white",
    });
    const drawn = image.render();
    const png = encodeOpaquePng(drawn.width, drawn.height, drawn.pixels);
    // WebAssembly memory is not collected.
    drawn.free();
    image.free();
    return png;
  };
}

const family = "DejaVu Sans";

/**
 * A tile of a pattern rarely ends between two pixels. Its ground would end there in a soft edge, and
 * tiles would meet in seams; ground that reaches beyond the tile has its edge where nobody sees it.
 */
function withoutSeams(svg: string): string {
  const ground = /(<pattern[^>]*><rect) width="([\d.]+)px" height="([\d.]+)px"/g;
  return svg.replaceAll(ground, (_, start, width, height) => {
    const [wider, higher] = [Number(width) + 2, Number(height) + 2];
    return `${start} x="-1" y="-1" width="${wider}" height="${higher}"`;
  });
}

/** The rasteriser knows the older word for the squares of a heat map that must not blur. */
function sharpPixels(svg: string): string {
  return svg.replaceAll("image-rendering: pixelated", "image-rendering: optimizeSpeed");
}
