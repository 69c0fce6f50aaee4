import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { type Place, placed } from "./graphLayout.ts";
import { ink } from "./look.ts";
import { say } from "./numbers.ts";
import type { Attributes, Trace } from "./plotly.ts";

/** One number in a computation: an input, or what an operation made of others. */
export interface GraphNode {
  readonly name: string;
  /** What made it, for example "×" or "tanh"; inputs have none. */
  readonly operation?: string;
  readonly value: number;
  /** The derivative of the last node by this one. */
  readonly gradient?: number;
  /** Names of the nodes it was made of, in order. */
  readonly inputs?: readonly string[];
}

export interface GraphOptions {
  readonly title?: string;
}

/**
 * Draws a computation as a graph from left to right: each box holds a value and, below it, its gradient.
 * Values flow along the arrows, gradients against them; a number used twice collects a gradient from both.
 *
 * @throws RangeError when a node is made of one that is not there, or of itself.
 * @example
 * const product = [{ name: "a", value: 2, gradient: 3 }, { name: "b", value: 3, gradient: 2 }, { name: "ab", operation: "×", value: 6, gradient: 1, inputs: ["a", "b"] }];
 * plot.graph(product).alt // → "Computation graph of 3 nodes. a = 2, gradient 3. b = 3, gradient 2. ab = a × b = 6, gradient 1."
 */
export function graph(nodes: readonly GraphNode[], { title }: GraphOptions = {}): Figure {
  const places = placed(nodes);
  const columns = Math.max(0, ...places.map(({ column }) => column)) + 1;
  const rows = Math.max(0, ...places.map(({ row }) => Math.abs(row))) * 2 + 1;
  const hidden = { visible: false, fixedrange: true };
  return draw({
    traces: [mouseTargets(places)],
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      width: 40 + 132 * columns,
      height: (title === undefined ? 40 : 80) + 92 * rows,
      margin: { l: 10, r: 10, t: title === undefined ? 10 : 50, b: 10 },
      xaxis: { ...hidden, range: [-0.6, columns - 0.4] },
      yaxis: { ...hidden, range: [-rows / 2, rows / 2] },
      showlegend: false,
      shapes: places.map(boxShape),
      annotations: [...places.flatMap((place) => arrowsTo(place, places)), ...places.map(boxText)],
    },
    alt: `Computation graph of ${nodes.length} nodes. ${nodes.map(inWords).join(" ")}`,
  });
}

/** Half the width and height of a box, in columns and rows. */
const half = { width: 0.36, height: 0.36 };

const boxShape = ({ column, row, node }: Place): Attributes => ({
  type: "rect",
  x0: column - half.width,
  x1: column + half.width,
  y0: row - half.height,
  y1: row + half.height,
  fillcolor: node.inputs?.length ? "#fff" : "#f0f0f0",
  line: { color: "#555", width: 1.5 },
  layer: "below",
});

const boxText = ({ column, row, node }: Place): Attributes => {
  const { name, operation, value, gradient } = node;
  const heading =
    operation === undefined ? `<b>${name}</b>` : `<b>${name}</b>  <i>${operation}</i>`;
  const below =
    gradient === undefined ? "" : `<br><span style="color:${ink.alarm}">∂ ${say(gradient)}</span>`;
  return {
    x: column,
    y: row,
    text: `${heading}<br>${say(value)}${below}`,
    showarrow: false,
    font: { size: 12 },
  };
};

function arrowsTo({ column, row, node }: Place, places: readonly Place[]): Attributes[] {
  const inputs = node.inputs ?? [];
  return inputs.map((name, index) => {
    const from = places.find((place) => place.node.name === name)!;
    // Several arrows share the left side of the box, in the order of the operands.
    const spread = ((index + 0.5) / inputs.length - 0.5) * -half.height;
    return {
      x: column - half.width,
      y: row + spread,
      ax: from.column + half.width,
      ay: from.row,
      xref: "x",
      yref: "y",
      axref: "x",
      ayref: "y",
      text: "",
      showarrow: true,
      arrowhead: 2,
      arrowsize: 1.1,
      arrowwidth: 1.4,
      arrowcolor: "#555",
    };
  });
}

const mouseTargets = (places: readonly Place[]): Trace => ({
  type: "scatter",
  mode: "markers",
  name: "",
  x: places.map(({ column }) => column),
  y: places.map(({ row }) => row),
  text: places.map(({ node }) => inWords(node)),
  customdata: places.map(({ node }) => [node.value, node.gradient ?? null]),
  marker: { size: 40, opacity: 0 },
  hovertemplate: "%{text}<extra></extra>",
});

function inWords({ name, operation, value, gradient, inputs = [] }: GraphNode): string {
  const formula =
    inputs.length === 0
      ? ""
      : inputs.length === 2
        ? ` = ${inputs.join(` ${operation} `)}`
        : ` = ${operation}(${inputs.join(", ")})`;
  return `${name}${formula} = ${say(value)}${gradient === undefined ? "" : `, gradient ${say(gradient)}`}.`;
}
