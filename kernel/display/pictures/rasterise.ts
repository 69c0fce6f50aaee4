import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Fonts } from "./fonts.ts";
import { encodePng } from "./png.ts";

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
    const image = new Resvg(sharpPixels(svg), {
      font,
      fitTo: { mode: "zoom", value: scale },
      background: "white",
    });
    const drawn = image.render();
    const png = encodePng(drawn.width, drawn.height, drawn.pixels, 3);
    // WebAssembly memory is not collected.
    drawn.free();
    image.free();
    return png;
  };
}

const family = "DejaVu Sans";

/** The rasteriser knows the older word for the squares of a heat map that must not blur. */
function sharpPixels(svg: string): string {
  return svg.replaceAll("image-rendering: pixelated", "image-rendering: optimizeSpeed");
}
