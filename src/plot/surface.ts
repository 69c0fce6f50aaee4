import { meanAndSpread } from "./binned.ts";
import type { ContourOptions } from "./contour.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import {
  colorbar,
  type FunctionOfTwo,
  type Landscape,
  landscape,
  landscapeInWords,
} from "./landscape.ts";
import { colorOf } from "./look.ts";
import { cut, say, scalar } from "./numbers.ts";
import { colorscale, heights } from "./palettes.ts";
import { pathInWords, readPaths, type Steps } from "./paths.ts";
import type { Attributes, Trace } from "./plotly.ts";

export type SurfaceOptions = Omit<ContourOptions, "animate">;

/**
 * Draws the heights of a function of two numbers as a landscape to turn, with the ways of optimizers on it.
 * The curves on the floor are its contours; `plot.contour` shows the same from above.
 *
 * @example
 * plot.surface((x, y) => x * x - y * y, { x: [-1, 1], y: [-1, 1] }).data[0].type // → "surface"
 */
export function surface(f: FunctionOfTwo, options: SurfaceOptions): Figure {
  const { paths = {}, names = ["x", "y"], title } = options;
  const [x, y, z = "f"] = names;
  const land = landscape(f, { points: 51, ...options });
  const steps = readPaths(paths);
  return draw({
    traces: [sheet(land, { x, y, z }), ...steps.map((path, index) => pathOn(land, f, path, index))],
    layout: {
      height: 520,
      margin: { l: 8, r: 8, t: title === undefined ? 24 : 48, b: 8 },
      ...(title !== undefined && { title: { text: title } }),
      scene: {
        xaxis: { title: { text: x } },
        yaxis: { title: { text: y } },
        zaxis: { title: { text: z }, ...heightTicks(land) },
        // A little low, so that the numbers along the near edges are not cut off.
        camera: { eye: eyeOver(land), center: { x: 0, y: 0, z: -0.15 } },
        aspectmode: "manual",
        aspectratio: { x: 1.1, y: 1.1, z: 0.8 },
      },
      showlegend: steps.length > 0,
      ...(steps.length > 0 && { legend: { x: 0.01, y: 0.99 } }),
    },
    alt: `Landscape of ${landscapeInWords(land, z)}.${steps.map((path) => ` ${pathInWords(path, f)}.`).join("")}`,
    notes: land.notes,
  });
}

const sheet = (land: Landscape, names: { x: string; y: string; z: string }): Trace => ({
  type: "surface",
  x: land.x,
  y: land.y,
  z: land.z.map((line) => line.map((height) => cut(height, 4))),
  colorscale: colorscale(heights),
  colorbar: { ...colorbar(land, names.z), len: 0.7 },
  contours: { z: { show: true, usecolormap: true, project: { z: true } } },
  showlegend: false,
  ...(land.log && { text: land.values.map((line) => line.map((value) => say(value))) }),
  hovertemplate: `${names.x} = %{x:.4g}<br>${names.y} = %{y:.4g}<br>${names.z} = ${land.log ? "%{text}" : "%{z:.4g}"}<extra></extra>`,
});

/** A path laid a hair above the sheet, which would otherwise swallow it. */
function pathOn(land: Landscape, f: FunctionOfTwo, { name, x, y }: Steps, index: number): Trace {
  const [low, high] = [land.levels[0]!, land.levels.at(-1)!];
  const height = (value: number) => Math.max(land.log ? Math.log10(value) : value, low);
  const color = colorOf([1, 6, 3, 5][index % 4]!);
  return {
    type: "scatter3d",
    mode: "lines+markers",
    name,
    x,
    y,
    z: x.map((each, step) => height(scalar(f(each, y[step]!))) + 0.01 * (high - low)),
    line: { width: 6, color },
    marker: { size: 2.5, color },
    hovertemplate: `${name}<br>(%{x:.4g}, %{y:.4g})<extra></extra>`,
  };
}

/** The eye stands over the lowest of the four quarters, so that no wall hides the valley. */
function eyeOver({ z }: Landscape): Attributes {
  const half = Math.floor(z.length / 2);
  const rows = { near: z.slice(0, half), far: z.slice(-half) };
  const mean = (quarter: readonly (readonly number[])[]) => meanAndSpread(quarter.flat()).mean || 0;
  const left = (lines: readonly (readonly number[])[]) => lines.map((line) => line.slice(0, half));
  const right = (lines: readonly (readonly number[])[]) => lines.map((line) => line.slice(-half));
  const quarters = [
    { x: -1, y: -1, height: mean(left(rows.near)) },
    { x: 1, y: -1, height: mean(right(rows.near)) },
    { x: -1, y: 1, height: mean(left(rows.far)) },
    { x: 1, y: 1, height: mean(right(rows.far)) },
  ];
  const { x, y } = quarters.reduce((low, each) => (each.height < low.height ? each : low));
  return { x: 1.2 * x, y: 1.6 * y, z: 1.5 };
}

const heightTicks = (land: Landscape): Attributes => {
  const { tickvals, ticktext } = colorbar(land, "");
  return land.log ? { tickvals, ticktext } : {};
};
