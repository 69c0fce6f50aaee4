import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import type { FunctionOfOne } from "./fn.ts";
import { axis, colors, stroke } from "./look.ts";
import { ascending, evenly, extent, say, scalar } from "./numbers.ts";
import type { Trace } from "./plotly.ts";
import { slopeAt } from "./sampling.ts";

export interface SubgradientsOptions {
  /** From where to where. Default: 3 to both sides of the point. */
  readonly range?: readonly [number, number];
  /** Names of the axes. Default "x" and "f(x)". */
  readonly x?: string;
  readonly y?: string;
  readonly title?: string;
}

/**
 * Draws every line that touches a function at one point and stays below it nearby: at a kink a whole fan.
 * The slopes of the fan are the subgradients; a descent step may use any of them.
 *
 * @throws RangeError when the point is not inside the range.
 * @example
 * plot.subgradients(Math.abs, 0).layout.title.text // → "At 0 every slope from -1 to 1 is a subgradient"
 */
export function subgradients(
  f: FunctionOfOne,
  at: number,
  options: SubgradientsOptions = {},
): Figure {
  const { range = [at - 3, at + 3] } = options;
  ascending("range", range);
  if (!(at > range[0] && at < range[1]))
    throw new RangeError(
      `The point must lie inside the range, but ${at} is not between ${range[0]} and ${range[1]}.\nHint: leave out range to see both sides.`,
    );
  const value = (x: number) => scalar(f(x));
  const slopes = [slopeAt(value, at, [range[0], at]), slopeAt(value, at, [at, range[1]])] as const;
  if (!slopes.every(Number.isFinite))
    throw new RangeError(
      `The function must have a finite slope on both sides of ${at}, but they are ${say(slopes[0])} and ${say(slopes[1])}.\nHint: a subgradient needs values around the point.`,
    );
  const verdict = verdictOf(at, slopes);
  // The point itself belongs to the samples: it is the tip of the kink.
  const x = [...evenly(range[0], at, 121), ...evenly(at, range[1], 121).slice(1)];
  const y = x.map(value);
  const [least, greatest] = extent(y) ?? [0, 1];
  const margin = 0.15 * (greatest - least || 1);
  return draw({
    traces: [
      ...(slopes[1] - slopes[0] > tolerance(slopes) ? fan(at, value(at), slopes, range) : []),
      { type: "scatter", mode: "lines", name: "f", x, y, line: stroke(0, 3) },
    ],
    layout: {
      title: { text: options.title ?? verdict },
      xaxis: axis(options.x ?? "x", { range }),
      yaxis: axis(options.y ?? "f(x)", { range: [least - 2 * margin, greatest + margin] }),
      showlegend: true,
    },
    alt: `${verdict}. Slope ${say(slopes[0])} from the left and ${say(slopes[1])} from the right of (${say(at)}, ${say(value(at))}).`,
  });
}

type Slopes = readonly [left: number, right: number];

// One-sided differences know a slope to about six digits.
const tolerance = ([left, right]: Slopes): number =>
  1e-4 * Math.max(1, Math.abs(left), Math.abs(right));

function verdictOf(at: number, slopes: Slopes): string {
  const [left, right] = slopes.map((slope) => say(Number(slope.toFixed(4)) + 0));
  const jump = slopes[1] - slopes[0];
  if (jump > tolerance(slopes))
    return `At ${say(at)} every slope from ${left} to ${right} is a subgradient`;
  if (jump < -tolerance(slopes)) return `At ${say(at)} there is no subgradient: the kink points up`;
  return `At ${say(at)} the only subgradient is the slope, ${right}`;
}

/** The cone between the two steepest lines, and five lines of it. */
function fan(
  at: number,
  height: number,
  [left, right]: Slopes,
  [from, to]: readonly [number, number],
): Trace[] {
  const on = (slope: number, x: number) => height + slope * (x - at);
  const cone: Trace = {
    type: "scatter",
    mode: "lines",
    name: "subgradients",
    legendgroup: "subgradients",
    showlegend: true,
    x: [at, to, to, at, from, from, at],
    y: [height, on(left, to), on(right, to), height, on(left, from), on(right, from), height],
    fill: "toself",
    fillcolor: "rgba(230,159,0,0.25)",
    line: { color: colors[4], width: 0 },
    hoverinfo: "skip",
  };
  const lines = evenly(left, right, 5).map(
    (slope): Trace => ({
      type: "scatter",
      mode: "lines",
      name: `slope ${say(slope)}`,
      legendgroup: "subgradients",
      showlegend: false,
      x: [from, to],
      y: [on(slope, from), on(slope, to)],
      line: { color: colors[4], width: 1.5, dash: "dash" },
    }),
  );
  return [cone, ...lines];
}
