import type { Attributes, Axis, Config, Layout } from "./plotly.ts";

/** Colours that stay apart for colour-blind readers, the palest last: Okabe and Ito (2008). */
export const colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
const symbols = ["circle", "diamond", "square", "x", "triangle-up", "cross", "star"];
const patterns = ["", "/", ".", "x", "-", "+", "\\"];

/** Greys and the one alarm colour. */
export const ink = {
  text: "#333",
  quiet: "#666",
  grid: "#e6e6e6",
  zero: "#b5b5b5",
  alarm: "#D55E00",
};

/** Colour and dash of series number `index`: no two of the first 42 share both. */
export const stroke = (index: number, width = 2.5): Attributes => ({
  color: colorOf(index),
  dash: cycled(dashes, index),
  width,
  // Plotly would leave out points up to 3/4 of a pixel off, and a bow would show its corners.
  simplify: false,
});

/** Colour and shape of the markers of series number `index`. */
export const marker = (index: number, size = 7): Attributes => ({
  color: colorOf(index),
  symbol: cycled(symbols, index),
  size,
});

/** Colour and hatching of the bars of series number `index`. */
export const fill = (index: number): Attributes => ({
  color: colorOf(index),
  // Without "overlay" plotly draws the hatching instead of the bar.
  pattern: { shape: cycled(patterns, index), fillmode: "overlay", fgcolor: "#fff", size: 6 },
});

export const colorOf = (index: number): string => colors[index % colors.length]!;

// Each round through the colours shifts the second cue by one.
const cycled = (cues: readonly string[], index: number): string =>
  cues[((index % colors.length) + Math.floor(index / colors.length)) % cues.length]!;

/** An axis in the common look. */
export const axis = (title?: string, more: Axis = {}): Axis => ({
  ...(title !== undefined && { title: { text: title, standoff: 8 } }),
  gridcolor: ink.grid,
  zerolinecolor: ink.zero,
  automargin: true,
  ticks: "outside",
  tickcolor: ink.zero,
  ...more,
});

/** A logarithmic axis; its numbers are written as powers of ten. */
export const logAxis = (title?: string, more: Axis = {}): Axis =>
  axis(title, { type: "log", exponentformat: "power", ...more });

/** A legend in one line above the drawing, where it hides nothing, and the room it needs. */
export const legendAbove = (title: boolean): Layout => ({
  legend: { orientation: "h", x: 0, y: 1.01, yanchor: "bottom" },
  margin: { l: 64, r: 24, t: title ? 84 : 48, b: 52 },
});

/** A straight line across the whole drawing at one x or y. */
export const rule = (where: { x: number } | { y: number }, look: Attributes = {}): Attributes => {
  const line = { dash: "dot", color: "#555", width: 1.5, ...look };
  return "x" in where
    ? { type: "line", x0: where.x, x1: where.x, y0: 0, y1: 1, yref: "paper", line }
    : { type: "line", y0: where.y, y1: where.y, x0: 0, x1: 1, xref: "paper", line };
};

/** A slider under the drawing; its place is measured in pixels, so it fits any height. */
export const sliderLook = (prefix: string): Attributes => ({
  currentvalue: { prefix, xanchor: "left" },
  y: 0,
  yanchor: "top",
  pad: { t: 52, b: 8 },
});

/** Settings of every figure: nothing leaves the machine. Plotly 4 would offer an upload by default. */
export const config: Config = { responsive: true, displaylogo: false, showSendToCloud: false };
