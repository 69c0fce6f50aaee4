import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, logAxis, marker } from "./look.ts";
import { counted, extent, type Numbers, quantile, row, say } from "./numbers.ts";

export interface BoxOptions {
  /** Name of the values. Default "value". */
  readonly y?: string;
  /** Logarithmic values. */
  readonly log?: boolean;
  readonly title?: string;
}

/**
 * Draws groups of values as boxes with every value beside them: the final losses of many seeds.
 * The box holds the middle half, its line is the median; ten seeds are few enough to look at each.
 *
 * @example
 * plot.box({ SGD: [0.3, 0.2, 0.4] }).alt // → "Boxes of value. SGD: 3 values, median 0.3, from 0.2 to 0.4."
 */
export function box(
  groups: Readonly<Record<string, Numbers>>,
  { y = "value", log = false, title }: BoxOptions = {},
): Figure {
  const read = Object.entries(groups).map(([name, values]) => {
    const all = row(name, values);
    const drawable = all.filter((each) => Number.isFinite(each) && (!log || each > 0));
    return { name, drawable, lost: all.length - drawable.length };
  });
  return draw({
    traces: read.map(({ name, drawable }, index) => ({
      type: "box",
      name,
      y: thinned(drawable),
      boxpoints: "all",
      jitter: 0.5,
      pointpos: 0,
      fillcolor: "rgba(0,0,0,0.04)",
      line: { color: "#333", width: 1.5 },
      marker: marker(index),
      showlegend: false,
    })),
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(undefined, { type: "category", showgrid: false }),
      yaxis: log ? logAxis(y) : axis(y),
    },
    alt: `Boxes of ${y}. ${read.map(({ name, drawable }) => inWords(name, drawable)).join(" ")}`,
    notes: read.flatMap(({ name, lost }) =>
      lost > 0
        ? [`${name}: ${counted(lost, "value")} not ${log ? "positive and " : ""}finite, left out`]
        : [],
    ),
  });
}

/** Of very many values 1,000 quantiles, which leave the box where it is. */
const thinned = (values: readonly number[]): readonly number[] => {
  if (values.length <= 1000) return values;
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from(
    { length: 1000 },
    (_, k) => sorted[Math.round((k * (sorted.length - 1)) / 999)]!,
  );
};

function inWords(name: string, values: readonly number[]): string {
  const ends = extent(values);
  if (!ends) return `${name}: no value to draw.`;
  return `${name}: ${counted(values.length, "value")}, median ${say(quantile(values, 0.5))}, from ${say(ends[0])} to ${say(ends[1])}.`;
}
