import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, colorOf, logAxis, stroke } from "./look.ts";
import { counted, extent, type Numbers, quantile, row, say, type Table, table } from "./numbers.ts";
import type { Trace } from "./plotly.ts";

/** The losses of one run, or of several runs from different seeds, step by step. */
export type Runs = Numbers | Table;

export interface RaceOptions {
  /** Name of the horizontal axis. Default "step". */
  readonly x?: string;
  /** Name of the vertical axis. Default "loss". */
  readonly y?: string;
  /** Logarithmic losses. Default true. */
  readonly log?: boolean;
  readonly title?: string;
}

/**
 * Draws the losses of several optimizers, each as the median of its seeds in a band from the worst to the best.
 * Where bands overlap, another seed could have turned the order round.
 *
 * @throws RangeError when the runs of one optimizer differ in length.
 * @example
 * plot.race({ GD: [[4, 2, 1], [4, 3, 2]] }).alt // → "Race of 1 optimizer over 2 steps. GD, 2 seeds: median 4 at the start, 1.5 at the end, between 1 and 2."
 */
export function race(runs: Readonly<Record<string, Runs>>, options: RaceOptions = {}): Figure {
  const { x = "step", y = "loss", log = true, title } = options;
  const read = Object.entries(runs).map(([name, each]) => summary(name, seeds(name, each), log));
  const steps = Math.max(0, ...read.map(({ last }) => last));
  return draw({
    traces: [...read.flatMap(band), ...read.map(medianLine)],
    layout: {
      ...(title !== undefined && { title: { text: title } }),
      height: 420,
      hovermode: "x unified",
      showlegend: true,
      xaxis: axis(x),
      yaxis: log ? logAxis(y) : axis(y),
    },
    alt: `Race of ${read.length} optimizer${read.length === 1 ? "" : "s"} over ${counted(steps, "step")}. ${read.map(inWords).join(" ")}`,
    notes: read.flatMap(({ notes }) => notes),
  });
}

const seeds = (name: string, runs: Runs): number[][] => {
  const source: unknown = "toArray" in runs ? runs.toArray() : runs;
  const first = (source as ArrayLike<unknown>)[0];
  return typeof first === "number" || first === undefined
    ? [row(name, source as Numbers)]
    : table(name, source as Table);
};

interface Summary {
  readonly name: string;
  readonly count: number;
  readonly last: number;
  readonly step: readonly number[];
  readonly low: readonly number[];
  readonly middle: readonly number[];
  readonly high: readonly number[];
  readonly notes: readonly string[];
}

/** Median, least and greatest at up to 400 steps; runs that are no longer finite leave the race. */
function summary(name: string, runs: readonly (readonly number[])[], log: boolean): Summary {
  const last = runs[0]!.length - 1;
  const stride = Math.ceil((last + 1) / 400);
  const step = [...runs[0]!.keys()].filter((k) => k % stride === 0 || k === last);
  const at = (k: number) =>
    runs.map((run) => run[k]!).filter((each) => Number.isFinite(each) && (!log || each > 0));
  const columns = step.map(at);
  const flat = log ? runs.flat().filter((each) => each <= 0 && each > -Infinity).length : 0;
  const lost = runs.filter((run) => run.some((each) => !Number.isFinite(each))).length;
  return {
    name,
    count: runs.length,
    last,
    step,
    low: columns.map((column) => extent(column)?.[0] ?? NaN),
    middle: columns.map((column) => quantile(column, 0.5)),
    high: columns.map((column) => extent(column)?.[1] ?? NaN),
    notes: [
      ...(lost > 0 ? [`${name}: ${lost} of ${runs.length} runs did not stay finite`] : []),
      ...(flat > 0
        ? [`${name}: ${counted(flat, "loss", "losses")} not positive, left out on the log axis`]
        : []),
      ...(stride > 1 ? [`${name}: every ${stride}th step drawn`] : []),
    ],
  };
}

// Two invisible lines with the space between them filled.
function band({ name, count, step, low, high }: Summary, index: number): Trace[] {
  if (count === 1) return [];
  const edge = (y: readonly number[], fill: object): Trace => ({
    type: "scatter",
    mode: "lines",
    name,
    legendgroup: name,
    showlegend: false,
    hoverinfo: "skip",
    x: step,
    y,
    line: { width: 0 },
    ...fill,
  });
  return [edge(low, {}), edge(high, { fill: "tonexty", fillcolor: `${colorOf(index)}33` })];
}

const medianLine = ({ name, count, step, middle }: Summary, index: number): Trace => ({
  type: "scatter",
  mode: "lines",
  name: count > 1 ? `${name} (${count} seeds)` : name,
  legendgroup: name,
  showlegend: true,
  x: step,
  y: middle,
  line: stroke(index),
});

function inWords({ name, count, low, middle, high }: Summary): string {
  const [first, end] = [middle.findIndex(Number.isFinite), middle.findLastIndex(Number.isFinite)];
  if (end < 0) return `${name}: no loss to draw.`;
  const spread = count > 1 ? `, between ${say(low[end]!)} and ${say(high[end]!)}` : "";
  const who = count > 1 ? `${name}, ${count} seeds: median` : `${name}:`;
  return `${who} ${say(middle[first]!)} at the start, ${say(middle[end]!)} at the end${spread}.`;
}
