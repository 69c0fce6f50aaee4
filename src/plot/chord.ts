import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import type { FunctionOfOne } from "./fn.ts";
import { axis, ink, marker, stroke } from "./look.ts";
import { ascending, evenly, extent, say, scalar } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

export interface ChordOptions {
  /** From where to where the curve is drawn. Default: a quarter beyond the chord on both sides. */
  readonly range?: readonly [number, number];
  /** Names of the axes. Default "x" and "f(x)". */
  readonly x?: string;
  readonly y?: string;
  readonly title?: string;
}

/**
 * Draws a curve with the chord from `from` to `to`, and the place where the curve rises highest above it.
 * One such place proves that the function is not convex; no place on one chord proves nothing yet.
 *
 * @throws RangeError when the two ends are not ascending.
 * @example
 * plot.chord((x) => x ** 4 - 2 * x * x, -1, 1).layout.title.text // → "Not convex: at x = 0 the curve is 1 above its chord"
 */
export function chord(
  f: FunctionOfOne,
  from: number,
  to: number,
  options: ChordOptions = {},
): Figure {
  ascending("The chord", [from, to]);
  const quarter = (to - from) / 4;
  const { range = [from - quarter, to + quarter] } = options;
  ascending("range", range);
  const x = evenly(...range, 241);
  const y = x.map((each) => scalar(f(each)));
  const worst = highestAbove(f, from, to);
  const ends: readonly [number, number] = [scalar(f(from)), scalar(f(to))];
  if (!ends.every(Number.isFinite))
    throw new RangeError(
      `The function must be finite at both ends of the chord, but it is ${say(ends[0])} at ${from} and ${say(ends[1])} at ${to}.\nHint: choose ends where it can be computed.`,
    );
  // Rounding alone can lift the curve of a straight line by some parts in 10¹⁶ above its chord.
  const [least, greatest] = extent(y) ?? [0, 0];
  const violated = worst.gap > 1e-9 * Math.max(1e-300, greatest - least);
  const verdict = violated
    ? `Not convex: at x = ${say(worst.x)} the curve is ${say(worst.gap)} above its chord`
    : "Nowhere above this chord";
  return draw({
    traces: [
      { type: "scatter", mode: "lines", name: "f", x, y, line: stroke(0) },
      chordTrace([from, to], ends),
      ...(violated ? [violation(worst)] : []),
    ],
    layout: {
      title: { text: options.title ?? verdict },
      xaxis: axis(options.x ?? "x"),
      yaxis: axis(options.y ?? "f(x)"),
      showlegend: true,
    },
    alt: `Chord from (${say(from)}, ${say(ends[0])}) to (${say(to)}, ${say(ends[1])}). ${verdict}.`,
  });
}

interface Worst {
  readonly x: number;
  readonly curve: number;
  readonly chord: number;
  readonly gap: number;
}

function highestAbove(f: FunctionOfOne, from: number, to: number): Worst {
  const [start, end] = [scalar(f(from)), scalar(f(to))];
  const gaps = evenly(0, 1, 1001).map((share): Worst => {
    const x = from + share * (to - from);
    const [curve, chord] = [scalar(f(x)), start + share * (end - start)];
    return { x, curve, chord, gap: curve - chord };
  });
  return gaps.reduce((worst, each) => (each.gap > worst.gap && each.gap < Infinity ? each : worst));
}

const chordTrace = (x: readonly number[], y: readonly number[]): Trace => ({
  type: "scatter",
  mode: "lines+markers",
  name: "chord",
  x,
  y,
  line: { ...stroke(6, 2), dash: "dash" },
  marker: { ...marker(6, 9), symbol: "circle" },
});

const violation = ({ x, curve, chord, gap }: Worst): Trace => ({
  type: "scatter",
  mode: "lines",
  name: `${say(gap)} above`,
  x: [x, x],
  y: [chord, curve],
  line: { color: ink.alarm, width: 5 },
});
