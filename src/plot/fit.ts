import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import type { FunctionOfOne } from "./fn.ts";
import { axis, colors, stroke } from "./look.ts";
import { counted, evenly, extent, type Numbers, row, sameLength, say, scalar } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

export interface FitOptions {
  /** Names of the axes. Default "x" and "y". */
  readonly x?: string;
  readonly y?: string;
  /** Draw the residuals of the first model as bars from the points to its curve. Default true. */
  readonly residuals?: boolean;
  readonly title?: string;
}

/**
 * Draws data and the curves of one or several models, with a bar from each point to the first curve.
 * The bars are the residuals; a loss is what one makes of their lengths.
 *
 * @throws RangeError when x and y differ in length.
 * @example
 * plot.fit({ x: [0, 1, 2], y: [1, 3, 6] }, { line: (x) => 2 * x + 1 }).alt // → "3 points and their fit. line: residuals 0, 0, -1; mean square 0.3333, mean absolute 0.3333."
 */
export function fit(
  data: { readonly x: Numbers; readonly y: Numbers },
  models: Readonly<Record<string, FunctionOfOne>>,
  { x = "x", y = "y", residuals = true, title }: FitOptions = {},
): Figure {
  const [xs, ys, lost] = finitePoints(row("x", data.x), row("y", data.y));
  const entries = Object.entries(models);
  const first = entries[0]?.[1];
  const thin = xs.length > 2000 ? Math.ceil(xs.length / 2000) : 1;
  const kept = [...xs.keys()].filter((k) => k % thin === 0);
  const [keptX, keptY] = [kept.map((k) => xs[k]!), kept.map((k) => ys[k]!)];
  return draw({
    traces: [
      ...(residuals && first ? [bars(keptX, keptY, first)] : []),
      ...entries.map(([name, model], index) => curve(name, model, index, xs)),
      points(keptX, keptY),
    ],
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(x),
      yaxis: axis(y),
      showlegend: true,
    },
    alt: `${counted(xs.length, "point")} and their fit. ${entries.map(([name, model]) => inWords(name, model, xs, ys)).join(" ")}`,
    notes: [
      ...(lost > 0 ? [`${counted(lost, "point")} not finite, left out`] : []),
      ...(thin > 1 ? [`${counted(xs.length, "point")}, every ${thin}th drawn`] : []),
    ],
  });
}

/** The points of which both numbers are finite, and how many are not. */
function finitePoints(x: readonly number[], y: readonly number[]): [number[], number[], number] {
  sameLength("x", x.length, "y", y.length);
  const good = [...x.keys()].filter((k) => Number.isFinite(x[k]) && Number.isFinite(y[k]));
  return [good.map((k) => x[k]!), good.map((k) => y[k]!), x.length - good.length];
}

const bars = (xs: readonly number[], ys: readonly number[], model: FunctionOfOne): Trace => ({
  type: "scatter",
  mode: "lines",
  name: "residuals",
  x: xs.flatMap((each) => [each, each, null]),
  y: ys.flatMap((each, k) => [each, scalar(model(xs[k]!)), null]),
  line: { color: colors[1], width: 2.5 },
  hoverinfo: "skip",
});

function curve(name: string, model: FunctionOfOne, index: number, xs: readonly number[]): Trace {
  const [least, greatest] = extent(xs) ?? [0, 1];
  const margin = 0.05 * (greatest - least || 1);
  const x = evenly(least - margin, greatest + margin, 201);
  return {
    type: "scatter",
    mode: "lines",
    name,
    x,
    y: x.map((each) => scalar(model(each))),
    // The second colour is that of the residuals.
    line: stroke(index === 0 ? 0 : index + 1),
  };
}

const points = (x: readonly number[], y: readonly number[]): Trace => ({
  type: "scatter",
  mode: "markers",
  name: "data",
  x,
  y,
  marker: { color: "#000", size: 8, line: { color: "#fff", width: 1 } },
});

function inWords(
  name: string,
  model: FunctionOfOne,
  xs: readonly number[],
  ys: readonly number[],
): string {
  if (ys.length === 0) return `${name}: no point to compare with.`;
  const all = ys.map((each, k) => scalar(model(xs[k]!)) - each);
  const mean = (of: (residual: number) => number) =>
    say(all.reduce((sum, each) => sum + of(each), 0) / all.length);
  const each = all.length <= 8 ? `residuals ${all.map(say).join(", ")}; ` : "";
  return `${name}: ${each}mean square ${mean((r) => r * r)}, mean absolute ${mean(Math.abs)}.`;
}
