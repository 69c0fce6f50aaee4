import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { line } from "./line.ts";
import { colorOf, ink, rule } from "./look.ts";
import { extent, type Numbers, row, say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";
import { topLabel } from "./seams.ts";

/** What each learning rate led to. */
export interface Sweep {
  readonly rate: Numbers;
  /** Loss at the end; not finite where the run diverged. */
  readonly loss: Numbers;
}

export interface SweepOptions {
  /** The largest stable rate, for example 2 / λmax. */
  readonly bound?: number;
  readonly title?: string;
  /** Name of the vertical axis. Default "final loss". */
  readonly y?: string;
}

/**
 * Draws the loss that each learning rate led to, both on log axes, with the best one named.
 * Runs that diverged stand as crosses on the upper edge instead of vanishing.
 *
 * @example
 * const GD = { rate: [0.01, 0.1, 1], loss: [2, 0.5, Infinity] };
 * plot.sweep({ GD }, { bound: 0.4 }).alt.includes("GD: best loss 0.5 at rate 0.1, 1 of 3 diverged") // → true
 */
export function sweep(runs: Readonly<Record<string, Sweep>>, options: SweepOptions = {}): Figure {
  const { bound, title, y = "final loss" } = options;
  const read = Object.entries(runs).map(([name, { rate, loss }]) => readSweep(name, rate, loss));
  const drawn = line(
    Object.fromEntries(read.map(({ name, rate, finite }) => [name, { x: rate, y: finite }])),
    { x: "learning rate", y, log: "xy", markers: true, ...(title !== undefined && { title }) },
  );
  const top = extent(read.flatMap(({ finite }) => finite))?.[1] ?? 1;
  const crosses = read.flatMap((each, index) =>
    each.lost.length > 0 ? [lostTrace(each, top * 2 * 1.7 ** index, index)] : [],
  );
  return draw({
    traces: [...drawn.data, ...crosses],
    layout: {
      ...drawn.layout,
      hovermode: "closest",
      showlegend: read.length > 1 || crosses.length > 0,
      shapes: bound === undefined ? [] : [rule({ x: bound }, { color: ink.alarm })],
      annotations:
        bound === undefined ? [] : [topLabel(Math.log10(bound), `stable below ${say(bound)}`)],
    },
    alt: `Learning-rate sweep. ${read.map(inWords).join(" ")}${bound === undefined ? "" : ` Stable below ${say(bound)}.`}`,
  });
}

interface Read {
  readonly name: string;
  readonly rate: readonly number[];
  readonly finite: readonly number[];
  readonly lost: readonly number[];
}

function readSweep(name: string, rates: Numbers, losses: Numbers): Read {
  const [rate, loss] = [row(`rate of ${name}`, rates), row(`loss of ${name}`, losses)];
  const drawable = loss.map((each) => Number.isFinite(each) && each > 0);
  return {
    name,
    rate,
    finite: loss.map((each, k) => (drawable[k] ? each : NaN)),
    lost: rate.filter((_, k) => !Number.isFinite(loss[k])),
  };
}

const lostTrace = ({ name, lost }: Read, height: number, index: number): Trace => ({
  type: "scatter",
  mode: "markers",
  name: `${name} diverged`,
  x: lost,
  y: lost.map(() => height),
  marker: { symbol: "x", size: 9, color: colorOf(index) },
  hovertemplate: `${name} diverged<br>rate = %{x:.4g}<extra></extra>`,
});

function inWords({ name, rate, finite, lost }: Read): string {
  const best = extent(finite)?.[0];
  const won =
    best === undefined
      ? "no run ended finite"
      : `best loss ${say(best)} at rate ${say(rate[finite.indexOf(best)]!)}`;
  return `${name}: ${won}, ${lost.length} of ${rate.length} diverged.`;
}
