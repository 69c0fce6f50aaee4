import { counted, extent, type Numbers, row, sameLength, say } from "./numbers.ts";

/** Numbers to draw: heights against 0, 1, 2, …, or pairs of x and y. */
export type Series = Numbers | { readonly x: Numbers; readonly y: Numbers };

/** One series, read and checked. */
export interface Points {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** What had to be left out or thinned, in words. */
  readonly notes: readonly string[];
}

/** Which axes are logarithmic. */
export type Log = "x" | "y" | "xy";

/** Reads the series of a figure; together they keep to about 12,000 points. */
export function readSeries(
  series: Readonly<Record<string, Series>>,
  log: Log | undefined,
): readonly Points[] {
  const all = Object.entries(series);
  const room = Math.max(200, Math.min(2000, Math.floor(12_000 / Math.max(1, all.length))));
  return all.map(([name, each]) => thinned(withGaps(pairs(name, each), log), room));
}

function pairs(name: string, series: Series): Points {
  const named = "y" in series;
  const y = row(named ? `y of ${name}` : name, named ? series.y : series);
  const x = named ? row(`x of ${name}`, series.x) : y.map((_, index) => index);
  sameLength(`x of ${name}`, x.length, `y of ${name}`, y.length);
  return { name, x, y, notes: y.length === 0 ? [`${name} is empty`] : [] };
}

/** What cannot be drawn becomes a gap, and is counted. */
function withGaps({ name, x, y, notes }: Points, log: Log | undefined): Points {
  const [logX, logY] = [log?.includes("x"), log?.includes("y")];
  let [infinite, negative] = [0, 0];
  // One pass: a training run that is drawn while it goes on has millions of points.
  const drawn = y.slice();
  for (const [index, value] of y.entries()) {
    const at = x[index]!;
    const isInfinite = !Number.isFinite(value) || !Number.isFinite(at);
    const isNegative = !isInfinite && ((logY && value <= 0) || (logX && at <= 0));
    if (isInfinite) infinite++;
    else if (isNegative) negative++;
    if (isInfinite || isNegative) drawn[index] = NaN;
  }
  return {
    name,
    x,
    y: drawn,
    notes: [
      ...notes,
      ...(infinite > 0 ? [`${name}: ${counted(infinite, "value")} not finite, left as gaps`] : []),
      ...(negative > 0
        ? [`${name}: ${counted(negative, "value")} not positive, left as gaps on the log axis`]
        : []),
    ],
  };
}

/** Of each stretch the lowest and the highest point: thinned so, a curve keeps every spike. */
function thinned(points: Points, room: number): Points {
  const { name, x, y, notes } = points;
  if (y.length <= room) return points;
  const stretch = y.length / (room / 2 - 1);
  const kept = new Set([0, y.length - 1]);
  for (let start = 0; start < y.length; start += stretch) {
    const end = Math.min(y.length, Math.floor(start + stretch));
    let [low, high] = [Math.floor(start), Math.floor(start)];
    for (let index = low; index < end; index++) {
      if (y[index]! < y[low]!) low = index;
      if (y[index]! > y[high]!) high = index;
    }
    kept.add(low).add(high);
  }
  const order = [...kept].sort((a, b) => a - b);
  return {
    name,
    x: order.map((index) => x[index]!),
    y: order.map((index) => y[index]!),
    notes: [
      ...notes,
      `${name}: ${counted(y.length, "point")} thinned to ${order.length}, highs and lows kept`,
    ],
  };
}

/** A series in words: where it starts and ends, and its extremes. */
export function seriesInWords({ name, x, y }: Points): string {
  const [least, greatest] = extent(y) ?? [NaN, NaN];
  const first = y.findIndex(Number.isFinite);
  const last = y.findLastIndex(Number.isFinite);
  if (first < 0) return `${name} has no value to draw`;
  const at = (value: number) => say(x[y.indexOf(value)]!);
  return `${name} starts at ${say(y[first]!)}, ends at ${say(y[last]!)} (x = ${say(x[last]!)}), lowest ${say(least)} at ${at(least)}, highest ${say(greatest)} at ${at(greatest)}`;
}
