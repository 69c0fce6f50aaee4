import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, marker, stroke } from "./look.ts";
import { counted, type Numbers, reach, row, say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

export interface StripOptions {
  /** Name of the values. Default "value". */
  readonly x?: string;
  /** Places to mark with a vertical line, by name: `{ mean: 22, median: 3 }`. */
  readonly mark?: Readonly<Record<string, number>>;
  readonly title?: string;
}

/**
 * Draws numbers as points on a line, with named places between them: data and what estimates its middle.
 *
 * @example
 * plot.strip([1, 2, 3, 4, 100], { mark: { mean: 22, median: 3 } }).alt // → "5 points from 1 to 100. mean at 22, median at 3."
 */
export function strip(
  values: Numbers,
  { x = "value", mark = {}, title }: StripOptions = {},
): Figure {
  const all = row("values", values);
  const finite = all.filter(Number.isFinite);
  const thin = Math.max(1, Math.ceil(finite.length / 2000));
  const shown = finite.filter((_, index) => index % thin === 0);
  const places = Object.entries(mark);
  const lost = all.length - finite.length;
  return draw({
    traces: [
      ...places.map(([name, at], index) => placeTrace(name, at, index)),
      {
        type: "scatter",
        mode: "markers",
        name: "data",
        x: shown,
        y: shown.map(() => 0),
        marker: { color: "#000", size: 12, opacity: 0.75, line: { color: "#fff", width: 1 } },
        hovertemplate: "%{x:.4g}<extra></extra>",
      },
    ],
    layout: {
      height: 260,
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(x),
      yaxis: axis(undefined, { range: [-1, 1], showticklabels: false, ticks: "", showgrid: false }),
      showlegend: places.length > 0,
    },
    alt: `${counted(finite.length, "point")} from ${reach(finite) ?? "nowhere"}.${places.length > 0 ? ` ${places.map(([name, at]) => `${name} at ${say(at)}`).join(", ")}.` : ""}`,
    notes: [
      ...(lost > 0 ? [`${counted(lost, "value")} not finite, left out`] : []),
      ...(thin > 1 ? [`${counted(finite.length, "point")}, every ${thin}th drawn`] : []),
    ],
  });
}

const placeTrace = (name: string, at: number, index: number): Trace => ({
  type: "scatter",
  mode: "lines+markers",
  name: `${name} ${say(at)}`,
  x: [at, at],
  y: [-0.8, 0.8],
  line: stroke(index, 3),
  marker: marker(index, 9),
  hovertemplate: `${name} %{x:.4g}<extra></extra>`,
});
