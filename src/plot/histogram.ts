import { barTrace } from "./bars.ts";
import { type Bins, binsFor, countsIn, meanAndSpread, middles } from "./binned.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, rule } from "./look.ts";
import { counted, type Numbers, reach, row, say } from "./numbers.ts";
import { topLabel } from "./seams.ts";

export interface HistogramOptions {
  /** Name of the values. Default "value". */
  readonly x?: string;
  /** Number of bins. Default: by the Freedman–Diaconis rule, 10 to 60. */
  readonly bins?: number;
  /** Vertical lines with a label, for example `{ 0: "" }`. */
  readonly mark?: Readonly<Record<number, string>>;
  readonly title?: string;
}

/**
 * Draws how often values fall where; several groups are stacked in the same bins.
 *
 * @example
 * plot.histogram({ residuals: [-1, 0, 0, 1] }).alt.includes("residuals: 4 values, -1 to 1, mean 0") // → true
 */
export function histogram(
  groups: Readonly<Record<string, Numbers>>,
  { x = "value", bins: wanted, mark = {}, title }: HistogramOptions = {},
): Figure {
  const read = Object.entries(groups).map(([name, values]) => ({
    name,
    values: row(name, values),
  }));
  const bins = binsFor(
    read.flatMap(({ values }) => values),
    wanted,
  );
  const marks = Object.entries(mark).map(([at, text]) => [Number(at), text] as const);
  return draw({
    traces: read.map(({ name, values }, index) => ({
      ...barTrace(name, index, middles(bins), countsIn(bins, values)),
      width: bins.width,
      hovertemplate: `${name}: %{y} near %{x:.3g}<extra></extra>`,
    })),
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      barmode: "stack",
      bargap: 0,
      showlegend: read.length > 1,
      xaxis: axis(x),
      yaxis: axis("count"),
      shapes: marks.map(([at]) => rule({ x: at })),
      annotations: marks.filter(([, text]) => text !== "").map(([at, text]) => topLabel(at, text)),
    },
    alt: `Histogram of ${x}. ${read.map(({ name, values }) => inWords(name, values, bins)).join(" ")}`,
    notes: read.flatMap(({ name, values }) => strays(name, values)),
  });
}

function inWords(name: string, values: readonly number[], bins: Bins): string {
  const span = reach(values);
  if (span === undefined) return `${name}: no value to draw.`;
  const { mean, spread } = meanAndSpread(values);
  const counts = countsIn(bins, values);
  const most = Math.max(...counts);
  const where = say(middles(bins)[counts.indexOf(most)]!);
  return `${name}: ${counted(values.length, "value")}, ${span}, mean ${say(mean)}, standard deviation ${say(spread)}, most (${most}) near ${where}.`;
}

function strays(name: string, values: readonly number[]): string[] {
  const count = values.filter((value) => !Number.isFinite(value)).length;
  return count > 0 ? [`${name}: ${counted(count, "value")} not finite, left out`] : [];
}
