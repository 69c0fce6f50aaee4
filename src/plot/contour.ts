import { animation } from "./animation.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import {
  bandShapes,
  type FunctionOfTwo,
  hoverSheet,
  landscape,
  landscapeInWords,
  type Region,
} from "./landscape.ts";
import { axis, legendAbove } from "./look.ts";
import { paleHeights } from "./palettes.ts";
import { type Path, pathInWords, pathTrace, readPaths } from "./paths.ts";

export interface ContourOptions extends Region {
  /** Ways of optimizers over the map, by name. */
  readonly paths?: Readonly<Record<string, Path>>;
  /** Add a slider over the steps and a button that plays them. */
  readonly animate?: boolean;
  /** Names of the two arguments and of the height. Default ["x", "y", "f"]. */
  readonly names?: readonly [x: string, y: string, z?: string];
  readonly title?: string;
}

/**
 * Draws the heights of a function of two numbers as a map, with the ways of optimizers over it.
 * Light is low. With `log`, each band is the same factor higher, not the same amount.
 *
 * @throws RangeError when a range is empty, a path has no point, or the function is nowhere finite.
 * @example
 * const bowl = (x, y) => x * x + y * y;
 * plot.contour(bowl, { x: [-2, 2], y: [-2, 2], paths: { GD: [[2, 2], [1, 1], [0.5, 0.5]] } }).data.length // → 2
 */
export function contour(f: FunctionOfTwo, options: ContourOptions): Figure {
  const { paths = {}, animate = false, names = ["x", "y"], title } = options;
  const [x, y, z = "f"] = names;
  const land = landscape(f, options);
  const steps = readPaths(paths);
  const movie = animate && steps.length > 0 ? animation(steps, 1) : undefined;
  return draw({
    traces: [hoverSheet(land, paleHeights, { x, y, z }), ...steps.map(pathTrace)],
    layout: {
      height: movie ? 540 : 460,
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(x, { range: options.x, showgrid: false, zeroline: false }),
      yaxis: axis(y, { range: options.y, showgrid: false, zeroline: false }),
      ...(steps.length > 0 && legendAbove(title !== undefined)),
      showlegend: steps.length > 0,
      shapes: bandShapes(land, paleHeights),
      ...movie?.layout,
    },
    ...(movie && { frames: movie.frames }),
    alt: `Map of ${landscapeInWords(land, z)}.${steps.map((path) => ` ${pathInWords(path, f)}.`).join("")}`,
    notes: land.notes,
  });
}
