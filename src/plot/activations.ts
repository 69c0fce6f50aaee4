import { binsFor, countsIn, meanAndSpread, middles } from "./binned.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, colors } from "./look.ts";
import { counted, cut, type Numbers, row, say } from "./numbers.ts";
import { axisKey, axisName } from "./panels.ts";
import type { Attributes, Layout, Trace } from "./plotly.ts";

export interface ActivationsOptions {
  /** Name of the values. Default "activation". */
  readonly y?: string;
  readonly title?: string;
}

/** More panels than this would be too narrow to read. */
const mostPanels = 10;

/**
 * Draws a histogram of the values in each layer, side by side on one scale: activations, weights or gradients.
 * Layers that shrink to a line carry no signal; layers that pile up at the ends are saturated.
 *
 * @example
 * plot.activations({ first: [-1, 0, 1], last: [-0.1, 0, 0.1] }).alt.includes("last: mean 0, standard deviation 0.08165") // → true
 */
export function activations(
  layers: Readonly<Record<string, Numbers>>,
  { y = "activation", title }: ActivationsOptions = {},
): Figure {
  const all = Object.entries(layers).map(([name, values]) => {
    const numbers = row(name, values);
    return { name, numbers, ...meanAndSpread(numbers) };
  });
  const stride = Math.ceil(all.length / mostPanels);
  const shown = all.filter((_, index) => index % stride === 0 || index === all.length - 1);
  const bins = binsFor(
    shown.flatMap(({ numbers }) => numbers),
    25,
  );
  const traces = shown.map(({ name, numbers }, index): Trace => {
    const counts = countsIn(bins, numbers);
    return panel(name, index, middles(bins), counts, Math.max(...counts));
  });
  return draw({
    traces,
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      ...columns(shown.length),
      yaxis: axis(y),
      bargap: 0,
      showlegend: false,
      annotations: shown.map(({ name, spread }, index) =>
        heading(name, spread, index, shown.length),
      ),
    },
    alt: `Values in each layer. ${shown.map(inWords).join(" ")}`,
    notes: [
      ...(stride > 1 ? [`${shown.length} of ${counted(all.length, "layer")} shown`] : []),
      ...all.flatMap(({ name, numbers }) => strays(name, numbers)),
    ],
  });
}

const inWords = ({ name, mean, spread }: { name: string; mean: number; spread: number }): string =>
  Number.isNaN(mean)
    ? `${name}: no value to draw.`
    : `${name}: mean ${say(mean)}, standard deviation ${say(spread)}.`;

// Each histogram fills its own panel, so that shapes can be compared whatever their peaks.
const panel = (
  name: string,
  index: number,
  y: number[],
  counts: number[],
  peak: number,
): Trace => ({
  type: "bar",
  orientation: "h",
  name,
  x: counts.map((count) => count / (peak || 1)),
  y,
  customdata: counts,
  xaxis: axisName("x", index),
  marker: { color: colors[0] },
  hovertemplate: `${name}<br>%{customdata} values near %{y:.3g}<extra></extra>`,
});

const columns = (count: number): Layout =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const domain = [index / count, (index + 0.86) / count] as const;
      const hidden = {
        domain,
        range: [0, 1.05] as const,
        showticklabels: false,
        ticks: "",
        showgrid: false,
      };
      return [axisKey("x", index), axis(undefined, hidden)];
    }),
  );

const heading = (name: string, spread: number, index: number, count: number): Attributes => ({
  text: `<b>${name}</b><br>σ ${Number.isNaN(spread) ? "–" : say(cut(spread, 2))}`,
  xref: "paper",
  yref: "paper",
  x: (index + 0.43) / count,
  y: 0,
  xanchor: "center",
  yanchor: "top",
  yshift: -6,
  showarrow: false,
  font: { size: 11 },
});

function strays(name: string, numbers: readonly number[]): string[] {
  const count = numbers.filter((value) => !Number.isFinite(value)).length;
  return count > 0 ? [`${name}: ${counted(count, "value")} not finite, left out`] : [];
}
