import { type Grid, type Point, regionPath } from "./bands.ts";
import {
  ascending,
  counted,
  cut,
  evenly,
  extent,
  quantile,
  type Scalar,
  say,
  scalar,
} from "./numbers.ts";
import type { Attributes, Trace } from "./plotly.ts";

/** A function of two numbers; a tensor that holds one number is welcome as its result. */
export type FunctionOfTwo = (x: number, y: number) => Scalar;

export interface Region {
  /** From where to where on the horizontal axis. */
  readonly x: readonly [number, number];
  /** From where to where on the vertical axis. */
  readonly y: readonly [number, number];
  /** Colour by powers of ten: the way to see a valley whose walls are a thousand times higher. */
  readonly log?: boolean;
  /** Samples along each side. Default 61. */
  readonly points?: number;
}

/** Heights over a region, and what is needed to colour them. */
export interface Landscape extends Grid {
  readonly values: readonly (readonly number[])[];
  /** Borders between bands of colour, ascending. */
  readonly levels: readonly number[];
  readonly log: boolean;
  readonly notes: readonly string[];
}

/** Evaluates the function over the region. With `log`, heights are powers of ten. */
export function landscape(f: FunctionOfTwo, { x, y, log = false, points = 61 }: Region): Landscape {
  ascending("x", x);
  ascending("y", y);
  const [columns, rows] = [evenly(...x, points), evenly(...y, points)];
  const values = rows.map((each) => columns.map((column) => scalar(f(column, each))));
  const z = log
    ? powersOfTen(values)
    : values.map((line) => line.map((v) => (Number.isFinite(v) ? v : NaN)));
  const strays = z.flat().filter((value) => Number.isNaN(value)).length;
  const reach = extent(z.flat());
  if (!reach)
    throw new RangeError(
      `The function must be finite somewhere in the region, but all ${points * points} samples are not.\nHint: with log: true it must also be positive.`,
    );
  const note = `${counted(strays, "sample")} of ${points * points} not ${log ? "positive and " : ""}finite, left empty`;
  return {
    x: columns,
    y: rows,
    z,
    values,
    levels: roundLevels(reach),
    log,
    notes: strays > 0 ? [note] : [],
  };
}

// One sample at the very bottom would take half of the colours: the lowest 0.5 % share the lowest.
function powersOfTen(values: readonly (readonly number[])[]): number[][] {
  const floor = quantile(
    values.flat().filter((value) => value > 0),
    0.005,
  );
  const power = (value: number) =>
    value >= 0 && value < Infinity ? Math.log10(Math.max(value, floor)) : NaN;
  return values.map((line) => line.map(power));
}

/** Round numbers that cut the reach into 10 to 25 bands. */
function roundLevels([least, greatest]: readonly [number, number]): number[] {
  const raw = (greatest - least) / 20 || Math.abs(greatest) || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10]
    .map((digit) => digit * power)
    .find((each) => each >= raw * 0.999)!;
  const first = Math.floor(least / step);
  const count = Math.max(1, Math.ceil(greatest / step - 1e-9) - first);
  return Array.from({ length: count + 1 }, (_, index) => (first + index) * step);
}

/**
 * The bands as shapes under the axes. A contour trace would be wiped out whenever plotly animates
 * something else in the figure; shapes stay, are sharp at any zoom, and are smaller than a picture.
 */
export function bandShapes(
  land: Landscape,
  palette: (share: number) => string,
  place?: (x: number, y: number) => Point,
): Attributes[] {
  const bands = land.levels.slice(0, -1);
  return bands.map((level, index) => ({
    type: "path",
    // The lowest border counts as reached by the least height, whatever rounding says.
    path: regionPath(land, index === 0 ? -1e300 : level, place),
    fillcolor: palette(index / Math.max(1, bands.length - 1)),
    fillrule: "evenodd",
    line: { width: 0.6, color: "rgba(255,255,255,0.75)" },
    layer: "below",
  }));
}

/** The unseen sheet over the bands that answers the mouse and carries the colour bar. */
export const hoverSheet = (
  land: Landscape,
  palette: (share: number) => string,
  names: { readonly x: string; readonly y: string; readonly z: string },
): Trace => ({
  type: "heatmap",
  x: land.x,
  y: land.y,
  z: land.z.map((line) => line.map((height) => cut(height, 4))),
  opacity: 0,
  showlegend: false,
  zmin: land.levels[0],
  zmax: land.levels.at(-1),
  colorscale: steps(land.levels.length - 1, palette),
  colorbar: colorbar(land, names.z),
  ...(land.log && { text: land.values.map((line) => line.map((value) => say(value))) }),
  hovertemplate: `${names.x} = %{x:.4g}<br>${names.y} = %{y:.4g}<br>${names.z} = ${land.log ? "%{text}" : "%{z:.4g}"}<extra></extra>`,
});

/** A colour scale of flat steps, one for each band. */
export const steps = (count: number, palette: (share: number) => string): [number, string][] =>
  Array.from({ length: count }, (_, index) => palette(index / Math.max(1, count - 1))).flatMap(
    (color, index): [number, string][] => [
      [index / count, color],
      [(index + 1) / count, color],
    ],
  );

/** A colour bar; on a log landscape it is labelled with the values, not with their logarithms. */
export function colorbar({ log, levels }: Landscape, title: string): Attributes {
  const bar = { title: { text: title }, thickness: 14, outlinewidth: 0 };
  if (!log) return bar;
  const powers = levels.filter((level) => Math.abs(level - Math.round(level)) < 1e-9);
  const shown = powers.length > 1 ? powers : levels.filter((_, index) => index % 4 === 0);
  return { ...bar, tickvals: shown, ticktext: shown.map(powerText) };
}

const powerText = (power: number): string =>
  Math.abs(power) <= 2 || !Number.isInteger(power) ? say(10 ** power) : `10<sup>${power}</sup>`;

/** What a landscape shows, in words: its lowest and highest samples. */
export function landscapeInWords({ x, y, values }: Landscape, name: string): string {
  const flat = values.flat();
  const [least, greatest] = extent(flat)!;
  const place = (value: number) => {
    const index = flat.indexOf(value);
    return `(${say(x[index % x.length]!)}, ${say(y[Math.floor(index / x.length)]!)})`;
  };
  return `${name} over [${say(x[0]!)}, ${say(x.at(-1)!)}] × [${say(y[0]!)}, ${say(y.at(-1)!)}]: lowest sample ${say(least)} at ${place(least)}, highest ${say(greatest)} at ${place(greatest)}`;
}
