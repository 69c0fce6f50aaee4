import { barTrace } from "./bars.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, logAxis, marker, stroke } from "./look.ts";
import { counted, type Numbers, row, sameLength, say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

export interface GradientFlowOptions {
  /** Names of the layers, from input to output. Default 1, 2, 3, … */
  readonly layers?: readonly string[];
  /** Name of the vertical axis. Default "mean |gradient|". */
  readonly y?: string;
  readonly title?: string;
}

/**
 * Draws how large the gradient is in each layer, on a log axis, for one or several networks.
 * A straight line that falls towards the input is a gradient that vanishes by the same factor per layer.
 *
 * @throws RangeError when there are not as many names as layers.
 * @example
 * plot.gradientFlow({ sigmoid: [1e-6, 1e-4, 1e-2] }).alt // → "Size of the gradient by layer: sigmoid from 0.000001 in layer 1 to 0.01 in layer 3, a factor of 100 per layer."
 */
export function gradientFlow(
  networks: Readonly<Record<string, Numbers>>,
  { layers, y = "mean |gradient|", title }: GradientFlowOptions = {},
): Figure {
  const read = Object.entries(networks).map(([name, values]) => ({
    name,
    sizes: row(name, values),
  }));
  const depth = Math.max(0, ...read.map(({ sizes }) => sizes.length));
  const names = layers ?? Array.from({ length: depth }, (_, index) => String(index + 1));
  for (const { name, sizes } of read) sameLength("layers", names.length, name, sizes.length);
  const lines = depth > 12;
  return draw({
    traces: read.map(({ name, sizes }, index) => {
      const heights = sizes.map((size) => (size > 0 ? size : NaN));
      return lines ? lineOver(name, index, heights) : barTrace(name, index, names, heights);
    }),
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      ...(!lines && { barmode: "group" }),
      showlegend: read.length > 1,
      xaxis: axis("layer, input first", lines ? {} : { type: "category" }),
      yaxis: logAxis(y),
    },
    alt: `Size of the gradient by layer: ${read.map((each) => inWords(each, names)).join("; ")}.`,
    notes: read.flatMap(lost),
  });
}

const lineOver = (name: string, index: number, sizes: readonly number[]): Trace => ({
  type: "scatter",
  mode: "lines+markers",
  name,
  x: sizes.map((_, layer) => layer + 1),
  y: sizes,
  line: stroke(index),
  marker: marker(index),
});

interface Network {
  readonly name: string;
  readonly sizes: readonly number[];
}

function inWords({ name, sizes }: Network, names: readonly string[]): string {
  if (!sizes.some((size) => size > 0 && size < Infinity)) return `${name} has no gradient to draw`;
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  const factor = (last / first) ** (1 / (sizes.length - 1));
  const pace = Number.isFinite(factor) ? `, a factor of ${say(factor)} per layer` : "";
  return `${name} from ${say(first)} in layer ${names[0]} to ${say(last)} in layer ${names.at(-1)}${pace}`;
}

function lost({ name, sizes }: Network): string[] {
  const count = sizes.filter((size) => !(size > 0 && size < Infinity)).length;
  return count > 0
    ? [`${name}: ${counted(count, "layer")} zero or not finite, without a mark`]
    : [];
}
