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
    sliderdefaults: {
      bgcolor: "#4a4a4a",
      activebgcolor: "#8a8a8a",
      bordercolor: "#8a8a8a",
      tickcolor: "#8a8a8a",
    },
    updatemenudefaults: { bgcolor: "#2a2a2a", bordercolor: "#8a8a8a" },
  },
};

/**
 * A figure for a dark page: greys change places (white paper turns dark, black ink light) and hues
 * stay, so that a colour named in the text is still that colour in the figure.
 */
export function inTheDark(figure: PlotlyFigure): PlotlyFigure {
  const { template: own, meta, images, shapes, annotations, ...layout } = figure.layout;
  const onGround = hasGround(figure);
  const turn = (value: unknown): unknown => (onGround ? value : turnGreys(value));
  return {
    ...figure,
    data: figure.data.map((trace) => turn(trace) as PlotlyPart),
    layout: {
      ...(turnGreys(layout) as PlotlyPart),
      ...(shapes !== undefined && { shapes: turn(shapes) }),
      ...(Array.isArray(annotations) && {
        annotations: annotations.map((each) =>
          onGround && isOnData(each) ? each : turnGreys(each),
        ),
      }),
      ...(onGround && figure.data.some(isInked) && { legend: lightLegend(layout.legend) }),
      meta,
      images,
      template: own ?? template,
    },
  };
}

/** Lines over a heat map, a picture or the bands of a map lie on their colours, not on the page: they stay. */
function hasGround({ data, layout }: PlotlyFigure): boolean {
  const filled = data.some(({ type }) => /heatmap|contour|histogram2d|surface/.test(String(type)));
  const shapes: readonly unknown[] = Array.isArray(layout.shapes) ? layout.shapes : [];
  const banded = shapes.some(
    (shape) => isPart(shape) && shape.type === "path" && hueOf(shape.fillcolor) > 12,
  );
  return filled || banded || (Array.isArray(layout.images) && layout.images.length > 0);
}

/** Words at a place of the data, such as the number in a cell, lie on the ground too. */
function isOnData(annotation: unknown): boolean {
  if (!isPart(annotation)) return false;
  const { xref = "x", yref = "y" } = annotation;
  return xref !== "paper" && yref !== "paper";
}

/** Whether a trace is drawn in a dark grey, which the ground shows and a dark page would not. */
function isInked({ line, marker }: PlotlyPart): boolean {
  const edge = isPart(marker) ? marker.line : undefined;
  return [line, marker, edge].some((part) => {
    const channels = isPart(part) ? channelsOf(String(part.color)) : undefined;
    return channels !== undefined && Math.max(...channels.slice(0, 3)) < 100;
  });
}

/** The legend shows such lines on a ground of its own. */
function lightLegend(legend: unknown): PlotlyPart {
  const own = isPart(legend) ? legend : {};
  const font = isPart(own.font) ? own.font : {};
  return { ...own, bgcolor: "#dddddd", font: { ...font, color: "#222222" } };
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
  const channels = channelsOf(colour);
  if (!channels) return colour;
  const [red, , , opacity] = channels;
  if (hueOf(colour) > 12) return colour;
  const light = onDark(red / 255);
  return `rgba(${light},${light},${light},${opacity})`;
}

/** White becomes the dark paper, black nearly white: contrast is kept, glare is not. */
function onDark(lightness: number): number {
  const [darkest, lightest] = [0x11, 0xee];
  return Math.round(lightest - lightness * (lightest - darkest));
}

/** How far a colour is from a grey. */
function hueOf(colour: unknown): number {
  const [red, green, blue] = channelsOf(String(colour)) ?? [0, 0, 0];
  return Math.max(red, green, blue) - Math.min(red, green, blue);
}

type Channels = readonly [red: number, green: number, blue: number, opacity: number];

function channelsOf(text: string): Channels | undefined {
  const colour = named[text] ?? text;
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex) {
    const pairs = hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!;
    return [...(pairs.map((pair) => Number.parseInt(pair, 16)) as [number, number, number]), 1];
  }
  const list = /^rgba?\(([\d.,\s]+)\)$/i.exec(colour)?.[1]?.split(",").map(Number);
  if (!list || list.length < 3) return undefined;
  return [list[0]!, list[1]!, list[2]!, list[3] ?? 1];
}
