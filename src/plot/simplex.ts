import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { bandShapes, colorbar, type Landscape, landscape, steps } from "./landscape.ts";
import { legendAbove, marker } from "./look.ts";
import { type Numbers, row, type Scalar, say, scalar } from "./numbers.ts";
import { paleHeights } from "./palettes.ts";
import type { Attributes, Trace } from "./plotly.ts";

/** Three probabilities that sum to one. */
export type Probabilities = readonly [number, number, number];

export interface SimplexOptions {
  /** Names of the three classes. Default ["1", "2", "3"]. */
  readonly names?: readonly [string, string, string];
  /** Name of the height. Default "loss". */
  readonly z?: string;
  /** Predictions to mark, by name. */
  readonly mark?: Readonly<Record<string, Numbers>>;
  readonly title?: string;
}

/**
 * Draws a function of three probabilities over the triangle of all predictions: each corner is certainty.
 * Light is low. Heights are taken half a percent inside the edges, where logarithms are still finite.
 *
 * @throws RangeError when a marked prediction does not sum to one.
 * @example
 * const surprise = ([cat]) => -Math.log(cat);
 * plot.simplex(surprise, { names: ["cat", "dog", "fox"], mark: { guess: [0.5, 0.25, 0.25] } }).alt.includes("guess (0.5, 0.25, 0.25) has loss 0.6931") // → true
 */
export function simplex(
  f: (probabilities: Probabilities) => Scalar,
  { names = ["1", "2", "3"], z = "loss", mark = {}, title }: SimplexOptions = {},
): Figure {
  const land = landscape((share, height) => f(inside(probabilitiesAt(share, height))), {
    x: [0, 1],
    y: [0, 1],
  });
  const marks = Object.entries(mark).map(([name, numbers]) => readMark(name, numbers));
  const axis = { visible: false, fixedrange: true };
  return draw({
    traces: [mouseTargets(f, land, names, z), outline, ...marks.map(markTrace)],
    layout: {
      height: 480,
      ...(title !== undefined && { title: { text: title } }),
      xaxis: { ...axis, range: [-0.1, 1.1] },
      yaxis: { ...axis, range: [-0.09, 0.95], scaleanchor: "x" },
      shapes: bandShapes(land, paleHeights, (share, height) =>
        place(probabilitiesAt(share, height)),
      ),
      annotations: names.map(corner),
      showlegend: marks.length > 0,
      ...(marks.length > 0 && legendAbove(title !== undefined)),
    },
    alt: inWords(f, names, z, marks),
    notes: land.notes,
  });
}

// Half a percent for everyone, the rest as before.
const inside = ([first, second, third]: Probabilities): Probabilities => [
  0.005 + 0.985 * first,
  0.005 + 0.985 * second,
  0.005 + 0.985 * third,
];

/** The square bent to the triangle: its upper side becomes the third corner. */
const probabilitiesAt = (share: number, height: number): Probabilities => [
  (1 - height) * (1 - share),
  (1 - height) * share,
  height,
];

/** Where a prediction lies: the corners' average, weighted by the probabilities. */
const place = ([, second, third]: Probabilities): readonly [number, number] => [
  second + third / 2,
  (third * Math.sqrt(3)) / 2,
];

interface Mark {
  readonly name: string;
  readonly at: Probabilities;
}

function readMark(name: string, numbers: Numbers): Mark {
  const at = row(name, numbers);
  const sum = at.reduce((total, each) => total + each, 0);
  if (at.length === 3 && Math.abs(sum - 1) < 1e-6 && at.every((each) => each >= 0))
    return { name, at: at as unknown as Probabilities };
  throw new RangeError(
    `${name} must be three probabilities that sum to 1, but it is [${at.join(", ")}] with sum ${say(sum)}.\nHint: softmax turns any three numbers into such.`,
  );
}

/** Unseen points on a fine triangle that answer the mouse and carry the colour bar. */
function mouseTargets(
  f: (probabilities: Probabilities) => Scalar,
  land: Landscape,
  names: readonly string[],
  z: string,
): Trace {
  const fine = 20;
  const points = Array.from({ length: fine + 1 }, (_, third) =>
    Array.from(
      { length: fine + 1 - third },
      (_, second): Probabilities => [(fine - second - third) / fine, second / fine, third / fine],
    ),
  ).flat();
  const heights = points.map((each) => scalar(f(inside(each))));
  return {
    type: "scatter",
    mode: "markers",
    name: "",
    showlegend: false,
    x: points.map((each) => place(each)[0]),
    y: points.map((each) => place(each)[1]),
    text: points.map(
      (each, k) =>
        `${each.map((share, i) => `${names[i]} ${say(share)}`).join("<br>")}<br>${z} ${say(heights[k]!)}`,
    ),
    hovertemplate: "%{text}<extra></extra>",
    marker: {
      size: 14,
      opacity: 0,
      color: heights,
      cmin: land.levels[0],
      cmax: land.levels.at(-1),
      colorscale: steps(land.levels.length - 1, paleHeights),
      showscale: true,
      colorbar: colorbar(land, z),
    },
  };
}

const outline: Trace = {
  type: "scatter",
  mode: "lines",
  name: "",
  showlegend: false,
  hoverinfo: "skip",
  x: [0, 1, 0.5, 0],
  y: [0, 0, Math.sqrt(3) / 2, 0],
  line: { color: "#555", width: 1.5 },
};

const markTrace = ({ name, at }: Mark, index: number): Trace => ({
  type: "scatter",
  mode: "markers",
  name,
  x: [place(at)[0]],
  y: [place(at)[1]],
  marker: { ...marker(index + 1, 13), line: { color: "#fff", width: 1.5 } },
  hovertemplate: `${name}<br>${at.map(say).join(", ")}<extra></extra>`,
});

const corner = (name: string, index: number): Attributes => {
  const [x, y] = place([index === 0 ? 1 : 0, index === 1 ? 1 : 0, index === 2 ? 1 : 0]);
  return { x, y, text: `<b>${name}</b>`, showarrow: false, yshift: index === 2 ? 14 : -14 };
};

function inWords(
  f: (probabilities: Probabilities) => Scalar,
  names: readonly string[],
  z: string,
  marks: readonly Mark[],
): string {
  const height = (at: Probabilities) => say(scalar(f(at)));
  const center = height([1 / 3, 1 / 3, 1 / 3]);
  const marked = marks.map(
    ({ name, at }) => ` ${name} (${at.map(say).join(", ")}) has ${z} ${height(at)}.`,
  );
  return `Triangle of all predictions for ${names.join(", ")}: ${z} ${center} in the middle, where each has one third.${marked.join("")}`;
}
