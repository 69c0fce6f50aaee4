import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, logAxis, marker, rule, stroke } from "./look.ts";
import { say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";
import { topLabel } from "./seams.ts";
import { type Log, type Points, readSeries, type Series, seriesInWords } from "./series.ts";

export interface LineOptions {
  /** Name of the horizontal axis, for example "epoch". */
  readonly x?: string;
  /** Name of the vertical axis, for example "loss". */
  readonly y?: string;
  readonly title?: string;
  /** Logarithmic axes. */
  readonly log?: Log;
  /** Vertical lines with a label: `{ 27: "early stop" }`. */
  readonly mark?: Readonly<Record<number, string>>;
  /** Show each point. Default: when no series has more than 30. */
  readonly markers?: boolean;
}

/**
 * Draws series of numbers as lines: training and validation loss, a schedule, a sweep.
 * What is not finite is left as a gap and counted; a million points are thinned, and the figure says so.
 *
 * @throws RangeError when x and y of a series differ in length.
 * @example
 * plot.line({ train: [3, 2, 1] }, { x: "epoch", y: "loss" }).alt // → "Lines of loss against epoch: train starts at 3, ends at 1 (x = 2), lowest 1 at 2, highest 3 at 0."
 */
export function line(
  series: Readonly<Record<string, Series>> | readonly number[],
  options: LineOptions = {},
): Figure {
  const { x, y, title, log, mark = {} } = options;
  const points = readSeries(isRow(series) ? { [y ?? "value"]: series } : series, log);
  const markers = options.markers ?? points.every((each) => each.y.length <= 30);
  const marks = Object.entries(mark).map(([at, text]) => [Number(at), text] as const);
  return draw({
    traces: points.map((each, index) => lineTrace(each, index, markers)),
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      hovermode: "x unified",
      showlegend: points.length > 1,
      xaxis: log?.includes("x") ? logAxis(x) : axis(x),
      yaxis: log?.includes("y") ? logAxis(y) : axis(y),
      shapes: marks.map(([at]) => rule({ x: at })),
      annotations: marks.map(([at, text]) =>
        topLabel(log?.includes("x") ? Math.log10(at) : at, text),
      ),
    },
    alt: `Lines of ${y ?? "values"} against ${x ?? "index"}: ${points.map(seriesInWords).join("; ")}.${marks.map(([at, text]) => ` Marked at ${say(at)}: ${text}.`).join("")}`,
    notes: points.flatMap(({ notes }) => notes),
  });
}

const isRow = (series: object): series is readonly number[] =>
  Array.isArray(series) || ArrayBuffer.isView(series);

const lineTrace = ({ name, x, y }: Points, index: number, markers: boolean): Trace => ({
  type: "scatter",
  mode: markers ? "lines+markers" : "lines",
  name,
  x,
  y,
  line: stroke(index),
  ...(markers && { marker: marker(index) }),
});
