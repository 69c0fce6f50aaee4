import { type Grid, type Point, rings } from "./bands.ts";
import type { FunctionOfTwo } from "./landscape.ts";
import { cut, scalar } from "./numbers.ts";
import type { Attributes, Trace } from "./plotly.ts";

/** The line on which the function has this height: found on the grid, then sharpened by bisection. */
export function levelLine(
  grid: Grid,
  f: FunctionOfTwo,
  level: number,
  name: string,
  look: Attributes = {},
): Trace {
  const closed = rings(grid, level).map((ring) => [...ring, ring[0]!]);
  const path = closed
    .flatMap((ring) => [...withoutFrame(grid, ring), gap])
    .map((point) => sharpened(grid, f, level, point));
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: path.map(([x]) => cut(x, 5)),
    y: path.map(([, y]) => cut(y, 5)),
    line: { color: "#000", width: 3, ...look },
    hoverinfo: "skip",
  };
}

const gap: Point = [NaN, NaN];

/** A ring that runs along the end of the region is broken there: nothing is known beyond it. */
function withoutFrame({ x, y }: Grid, ring: readonly Point[]): readonly Point[] {
  const near = (value: number, end: number, axis: readonly number[]) =>
    Math.abs(value - end) < 1e-6 * (axis.at(-1)! - axis[0]!);
  const sides = ([px, py]: Point) => [
    near(px, x[0]!, x),
    near(px, x.at(-1)!, x),
    near(py, y[0]!, y),
    near(py, y.at(-1)!, y),
  ];
  const onSides = ring.map(sides);
  // Whether the ring leaves the frame on its way from this point to the next.
  const inside = onSides
    .slice(1)
    .map((next, k) => !next.some((on, side) => on && onSides[k]![side]));
  return ring.flatMap((point, k) =>
    inside[k] ? (inside[k - 1] ? [point] : [gap, point]) : inside[k - 1] ? [point] : [],
  );
}

/** Each point lies on an edge of the grid; along it the crossing is found to a thousandth of the edge. */
function sharpened({ x, y }: Grid, f: FunctionOfTwo, level: number, [px, py]: Point): Point {
  const [columns, rows] = [neighbours(x, px), neighbours(y, py)];
  if (!columns === !rows) return [px, py];
  const at = (share: number): Point =>
    columns
      ? [columns[0] + share * (columns[1] - columns[0]), py]
      : [px, rows![0] + share * (rows![1] - rows![0])];
  const above = (share: number) => scalar(f(...at(share))) >= level;
  if (above(0) === above(1)) return [px, py];
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (low + high) / 2;
    if (above(middle) === above(0)) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

/** The two grid lines around a value; nothing when it lies on one. */
function neighbours(axis: readonly number[], value: number): readonly [number, number] | undefined {
  const after = axis.findIndex((each) => each >= value);
  return after <= 0 || axis[after] === value ? undefined : [axis[after - 1]!, axis[after]!];
}
