import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import {
  bandShapes,
  type FunctionOfTwo,
  hoverSheet,
  type Landscape,
  landscape,
  type Region,
} from "./landscape.ts";
import { levelLine } from "./levelLine.ts";
import { axis, legendAbove, marker } from "./look.ts";
import { extent, type Numbers, row, sameLength, say, scalar } from "./numbers.ts";
import { paleDiverging } from "./palettes.ts";
import type { Trace } from "./plotly.ts";

/** Points in the plane with a class each. */
export interface Labelled {
  readonly x: Numbers;
  readonly y: Numbers;
  /** 0 or 1; −1 counts as 0. */
  readonly label: Numbers;
}

export interface BoundaryOptions {
  /** Score at which the decision turns: 0.5 for probabilities (default), 0 for raw scores. */
  readonly level?: number;
  /** Further scores to draw as dashed lines: [-1, 1] for the margins of a hinge loss. */
  readonly margins?: readonly number[];
  /** Names of the axes. Default ["x₁", "x₂"]. */
  readonly names?: readonly [x: string, y: string];
  /** The region to colour. Default: around the points. */
  readonly region?: Pick<Region, "x" | "y">;
  /** Samples along each side. Default 61. */
  readonly points?: number;
  readonly title?: string;
}

/**
 * Draws where a classifier of two numbers changes its mind: its score as colour, its boundary as a line, the data on top.
 * Points on the wrong side wear a ring.
 *
 * @throws RangeError when x, y and label differ in length.
 * @example
 * const data = { x: [-1, 1, 2], y: [0, 0, 0], label: [0, 1, 0] };
 * plot.boundary((x) => 1 / (1 + Math.exp(-x)), data).alt // → "Decision boundary at score 0.5 with 3 points: 2 on the right side, 1 on the wrong. Scores on the map from 0.2042 to 0.9137."
 */
export function boundary(
  score: FunctionOfTwo,
  data: Labelled,
  options: BoundaryOptions = {},
): Figure {
  const { level = 0.5, margins = [], names = ["x₁", "x₂"], title, points = 61 } = options;
  const read = readLabelled(data);
  const region = options.region ?? { x: around(read.x), y: around(read.y) };
  const land = aroundLevel(landscape(score, { ...region, points }), level);
  const wrong = [...read.x.keys()].filter(
    (k) => scalar(score(read.x[k]!, read.y[k]!)) >= level !== (read.label[k] === 1),
  );
  const [least, greatest] = extent(land.values.flat())!;
  return draw({
    traces: [
      hoverSheet(land, paleDiverging, { x: names[0], y: names[1], z: "score" }),
      levelLine(land, score, level, `score ${say(level)}`),
      ...margins.map((each) =>
        levelLine(land, score, each, `score ${say(each)}`, {
          width: 1.5,
          dash: each < level ? "dash" : "dot",
        }),
      ),
      ...[0, 1].map((label) => classTrace(read, label)),
      ...(wrong.length > 0 ? [rings(read, wrong)] : []),
    ],
    layout: {
      height: 460,
      ...(title !== undefined && { title: { text: title } }),
      xaxis: axis(names[0], { range: region.x, showgrid: false, zeroline: false }),
      yaxis: axis(names[1], { range: region.y, showgrid: false, zeroline: false }),
      shapes: bandShapes(land, paleDiverging),
      showlegend: true,
      ...legendAbove(title !== undefined),
    },
    alt: `Decision boundary at score ${say(level)} with ${read.x.length} points: ${read.x.length - wrong.length} on the right side, ${wrong.length} on the wrong. Scores on the map from ${say(least)} to ${say(greatest)}.`,
    notes: land.notes,
  });
}

interface Read {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly label: readonly number[];
}

function readLabelled({ x, y, label }: Labelled): Read {
  const read = {
    x: row("x", x),
    y: row("y", y),
    label: row("label", label).map((each) => (each > 0 ? 1 : 0)),
  };
  sameLength("x", read.x.length, "y", read.y.length);
  sameLength("x", read.x.length, "label", read.label.length);
  return read;
}

const around = (values: readonly number[]): [number, number] => {
  const [least, greatest] = extent(values) ?? [-1, 1];
  const margin = 0.12 * (greatest - least || 1);
  return [least - margin, greatest + margin];
};

/** Twenty bands, as far up as down, so that white is the level. */
function aroundLevel(land: Landscape, level: number): Landscape {
  const [least, greatest] = extent(land.values.flat())!;
  const reach = Math.max(level - least, greatest - level) || 1;
  return { ...land, levels: Array.from({ length: 21 }, (_, k) => level + reach * (k / 10 - 1)) };
}

const classTrace = ({ x, y, label }: Read, which: number): Trace => {
  const members = [...x.keys()].filter((k) => label[k] === which);
  const thin = Math.max(1, Math.ceil(members.length / 1000));
  const shown = members.filter((_, index) => index % thin === 0);
  return {
    type: "scatter",
    mode: "markers",
    name: `class ${which}`,
    x: shown.map((k) => x[k]!),
    y: shown.map((k) => y[k]!),
    marker: { ...marker(which, 8), line: { color: "#fff", width: 1 } },
    hovertemplate: `class ${which} (%{x:.3g}, %{y:.3g})<extra></extra>`,
  };
};

const rings = ({ x, y }: Read, wrong: readonly number[]): Trace => ({
  type: "scatter",
  mode: "markers",
  name: `wrong (${wrong.length})`,
  x: wrong.slice(0, 1000).map((k) => x[k]!),
  y: wrong.slice(0, 1000).map((k) => y[k]!),
  marker: { symbol: "circle-open", size: 15, color: "#000", line: { width: 2 } },
  hoverinfo: "skip",
});
