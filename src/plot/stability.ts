import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import {
  bandShapes,
  type FunctionOfTwo,
  hoverSheet,
  type Landscape,
  landscape,
  type Region,
} from "./landscape.ts";
import { levelLine } from "./levelLine.ts";
import { axis, legendAbove } from "./look.ts";
import { extent, say } from "./numbers.ts";
import { diverging } from "./palettes.ts";

export interface StabilityOptions extends Omit<Region, "log"> {
  /** Names of the two settings. Default ["learning rate × curvature", "momentum"]. */
  readonly names?: readonly [x: string, y: string];
  readonly title?: string;
}

/**
 * Draws for which settings an iteration dies out: blue where its spectral radius ρ is below 1, red where it grows.
 * The black line is ρ = 1; each step multiplies the distance to the minimum by about ρ.
 *
 * @example
 * plot.stability((rate) => Math.abs(1 - rate), { x: [0, 4], y: [0, 1] }).alt.includes("below 1 on 48 % of the map") // → true
 */
export function stability(radius: FunctionOfTwo, options: StabilityOptions): Figure {
  const { names = ["learning rate × curvature", "momentum"], title } = options;
  const [x, y] = names;
  const land = aroundOne(landscape(radius, { points: 81, ...options }));
  const values = land.values.flat();
  const stable = values.filter((value) => value < 1).length;
  const share = Math.round((100 * stable) / values.length);
  const [least, greatest] = extent(values)!;
  return draw({
    traces: [hoverSheet(land, diverging, { x, y, z: "ρ" }), levelLine(land, radius, 1, "ρ = 1")],
    layout: {
      height: 460,
      title: { text: title ?? "Stable where blue" },
      xaxis: axis(x, { range: options.x, showgrid: false, zeroline: false }),
      yaxis: axis(y, { range: options.y, showgrid: false, zeroline: false }),
      shapes: bandShapes(land, diverging),
      showlegend: true,
      ...legendAbove(true),
    },
    alt: `Stability map: the spectral radius over ${x} from ${say(options.x[0])} to ${say(options.x[1])} and ${y} from ${say(options.y[0])} to ${say(options.y[1])} is between ${say(least)} and ${say(greatest)}, below 1 on ${share} % of the map.`,
    notes: land.notes,
  });
}

// White must be one: bands of a tenth from 0 to 2, and all beyond two as red as can be.
const aroundOne = (land: Landscape): Landscape => ({
  ...land,
  z: land.z.map((line) => line.map((value) => Math.min(value, 2))),
  levels: Array.from({ length: 21 }, (_, index) => index / 10),
});
