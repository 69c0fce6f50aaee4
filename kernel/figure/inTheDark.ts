import { isPart, type PlotlyFigure, type PlotlyPart } from "./Plotly.ts";

const paper = "#111111";
const ink = "#dddddd";
const axis = { gridcolor: "#3a3a3a", zerolinecolor: "#6a6a6a", linecolor: "#6a6a6a" };

/** What a figure leaves open is filled in from here, as plotly's own templates do it. */
const template = {
  layout: {
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    font: { color: ink },
    xaxis: axis,
    yaxis: axis,
    scene: { xaxis: axis, yaxis: axis, zaxis: axis },
    annotationdefaults: { arrowcolor: ink },
  },
};

/**
 * A figure for a dark page: greys change places (white paper turns dark, black ink light) and hues
 * stay, so that a colour named in the text is still that colour in the figure.
 */
export function inTheDark(figure: PlotlyFigure): PlotlyFigure {
  const { template: own, meta, images, shapes, ...layout } = figure.layout;
  const onGround = hasGround(figure);
  const turn = (value: unknown): unknown => (onGround ? value : turnGreys(value));
  return {
    ...figure,
    data: figure.data.map((trace) => turn(trace) as PlotlyPart),
    layout: {
      ...(turnGreys(layout) as PlotlyPart),
      ...(shapes !== undefined && { shapes: turn(shapes) }),
      meta,
      images,
      template: own ?? template,
    },
  };
}

/** Lines over a heat map or a picture lie on its colours, not on the page: they stay. */
function hasGround({ data, layout }: PlotlyFigure): boolean {
  const filled = data.some(({ type }) => /heatmap|contour|histogram2d|surface/.test(String(type)));
  return filled || (Array.isArray(layout.images) && layout.images.length > 0);
}

/** Keys whose values are numbers and names, or colour scales that carry a meaning. */
const untouched = /^(x|y|z|text|customdata|name|ids|colorscale|hovertemplate|symbol|args)$/;

function turnGreys(value: unknown): unknown {
  if (typeof value === "string") return turnGrey(value);
  if (Array.isArray(value)) return value.map(turnGreys);
  if (!isPart(value)) return value;
  const turned = Object.entries(value).map(([key, inner]) => [
    key,
    untouched.test(key) ? inner : turnGreys(inner),
  ]);
  return Object.fromEntries(turned);
}

const named: Record<string, string> = {
  white: "#ffffff",
  black: "#000000",
  gray: "#808080",
  grey: "#808080",
};

function turnGrey(colour: string): string {
  const channels = channelsOf(named[colour] ?? colour);
  if (!channels) return colour;
  const [red, green, blue, opacity] = channels;
  if (Math.max(red, green, blue) - Math.min(red, green, blue) > 12) return colour;
  const light = onDark(red / 255);
  return `rgba(${light},${light},${light},${opacity})`;
}

/** White becomes the dark paper, black nearly white: contrast is kept, glare is not. */
function onDark(lightness: number): number {
  const [darkest, lightest] = [0x11, 0xee];
  return Math.round(lightest - lightness * (lightest - darkest));
}

type Channels = readonly [red: number, green: number, blue: number, opacity: number];

function channelsOf(colour: string): Channels | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex) {
    const pairs = hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!;
    return [...(pairs.map((pair) => Number.parseInt(pair, 16)) as [number, number, number]), 1];
  }
  const list = /^rgba?\(([\d.,\s]+)\)$/i.exec(colour)?.[1]?.split(",").map(Number);
  if (!list || list.length < 3) return undefined;
  return [list[0]!, list[1]!, list[2]!, list[3] ?? 1];
}
