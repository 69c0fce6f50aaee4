import { contour } from "./contour.ts";
import { Figure } from "./Figure.ts";
import type { FunctionOfTwo } from "./landscape.ts";
import { type SurfaceOptions, surface } from "./surface.ts";

/**
 * Draws a function of two numbers as a landscape to turn and beside it as a map, with the same walks on both.
 * Inside `plot.slider` one slider moves them together: what is a turn on the map is a slope in the landscape.
 *
 * @throws RangeError when a range is empty, a path has no point, or the function is nowhere finite.
 * @example
 * plot.surfaceAndMap((x, y) => x * x - y * y, { x: [-1, 1], y: [-1, 1] }).data.map((trace) => trace.type) // → ["surface", "heatmap"]
 */
export function surfaceAndMap(f: FunctionOfTwo, options: SurfaceOptions): Figure {
  // Half as wide, the landscape must be smaller too, or its names are cut off.
  const aspectratio = { x: 0.85, y: 0.85, z: 0.62 };
  const land = surface(f, options).with({ scene: { domain: { x: [0, 0.52] }, aspectratio } });
  const map = contour(f, options).with({ xaxis: { domain: [0.6, 1] } });
  // The map's colour bar and names count for both.
  const solid = land.data.map((trace) => ({ ...trace, showscale: false, showlegend: false }));
  return new Figure({
    data: [...solid, ...map.data],
    layout: {
      ...map.layout,
      scene: land.layout.scene,
      meta: { alt: `${land.alt} The same as a map beside it.` },
    },
    config: map.config,
  });
}
