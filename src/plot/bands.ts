import { cut } from "./numbers.ts";

/** Heights over a grid: `z[row][column]` belongs to `(x[column], y[row])`; NaN is a hole. */
export interface Grid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly number[])[];
}

export type Point = readonly [number, number];

/**
 * The region where the grid reaches at least `level`, as rings around it and around its holes.
 * Marching squares (Lorensen and Cline 1987 in two dimensions): each cell adds the pieces of border
 * inside it, high ground to the left, and the pieces link into rings. A frame of holes around the
 * grid closes every ring at the edge.
 */
export function rings(grid: Grid, level: number): Point[][] {
  const links = new Map<string, { readonly end: string; readonly point: Point }>();
  for (let row = -1; row < grid.y.length; row++)
    for (let column = -1; column < grid.x.length; column++)
      for (const [start, end] of isCut(grid, level, row, column)
        ? borders(grid, level, row, column)
        : [])
        links.set(edgeName(start), { end: edgeName(end), point: crossing(grid, level, start) });
  return chained(links);
}

/** The same region as the path of a plotly shape; `place` may bend the plane. */
export const regionPath = (
  grid: Grid,
  level: number,
  place: (x: number, y: number) => Point = (x, y) => [x, y],
): string => {
  const text = (point: Point) => point.map((each) => cut(each, 4)).join();
  return rings(grid, level)
    .map((ring) =>
      simplified(
        ring.map(([x, y]) => place(x, y)),
        extentOf(grid),
      ),
    )
    .map((ring) => `M${ring.map(text).join("L")}Z`)
    .join("");
};

const extentOf = ({ x, y }: Grid): Point => [x.at(-1)! - x[0]!, y.at(-1)! - y[0]!];

/** A thousandth of a drawing is less than one sees of its width. */
const unseen = 1e-3;

/**
 * The ring with fewer points, none of which was further from the line between its neighbours than one
 * sees (Douglas and Peucker 1973): along straight borders most points say nothing.
 */
function simplified(ring: readonly Point[], [width, height]: Point): readonly Point[] {
  const kept = new Set([0, ring.length - 1]);
  const waiting: [number, number][] = [[0, ring.length - 1]];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const [from, to] = part;
    const away = (at: number) => distance(ring[at]!, ring[from]!, ring[to]!, [width, height]);
    let [farthest, most] = [0, unseen];
    for (let at = from + 1; at < to; at++) {
      const far = away(at);
      if (far > most) [farthest, most] = [at, far];
    }
    if (farthest === 0) continue;
    kept.add(farthest);
    waiting.push([from, farthest], [farthest, to]);
  }
  return ring.filter((_, at) => kept.has(at));
}

/** How far a point lies from the piece of line between two others, in shares of the drawing. */
function distance(point: Point, from: Point, to: Point, [width, height]: Point): number {
  const scaled = ([x, y]: Point): Point => [(x - from[0]) / width, (y - from[1]) / height];
  const [[x, y], [endX, endY]] = [scaled(point), scaled(to)];
  const square = endX ** 2 + endY ** 2;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, (x * endX + y * endY) / square));
  return Math.hypot(x - share * endX, y - share * endY);
}

/** A grid edge, from the corner on high ground to the one on low ground. */
type Edge = readonly [high: Corner, low: Corner];
type Corner = readonly [row: number, column: number];

/** Whether the cell has both high and low corners; most cells have not, and are done with at once. */
function isCut({ z }: Grid, level: number, row: number, column: number): boolean {
  const [below, above] = [z[row], z[row + 1]];
  const high = (line: readonly number[] | undefined, at: number) => (line?.[at] ?? NaN) >= level;
  const first = high(below, column);
  return (
    high(below, column + 1) !== first ||
    high(above, column) !== first ||
    high(above, column + 1) !== first
  );
}

/** The pieces of border in one cell, each from the edge where it starts to the one where it ends. */
function borders(grid: Grid, level: number, row: number, column: number): [Edge, Edge][] {
  const corners: readonly Corner[] = [
    [row, column],
    [row, column + 1],
    [row + 1, column + 1],
    [row + 1, column],
  ];
  const high = corners.map((corner) => height(grid, corner) >= level);
  const next = (side: number) => (side + 1) % 4;
  const side = (from: number): Edge =>
    high[from] ? [corners[from]!, corners[next(from)]!] : [corners[next(from)]!, corners[from]!];
  const falls = [0, 1, 2, 3].filter((from) => high[from] && !high[next(from)]);
  const rises = [0, 1, 2, 3].filter((from) => !high[from] && high[next(from)]);
  // Two high corners face each other: the height of the middle decides whether they are one region.
  const apart = falls.length === 2 && !(middle(grid, corners) >= level);
  return falls.map((fall) => {
    const after = rises.find((rise) => rise > fall) ?? rises[0]!;
    const rise = apart ? rises.find((each) => each !== after)! : after;
    return [side(fall), side(rise)];
  });
}

const height = ({ z }: Grid, [row, column]: Corner): number => z[row]?.[column] ?? -Infinity;

const middle = (grid: Grid, corners: readonly Corner[]): number =>
  corners.reduce((sum, corner) => sum + height(grid, corner), 0) / 4;

const edgeName = ([high, low]: Edge): string => `${high}|${low}`;

/** Where the border crosses an edge; beside a hole, the corner on high ground. */
function crossing(grid: Grid, level: number, [high, low]: Edge): Point {
  const [top, bottom] = [height(grid, high), height(grid, low)];
  const share = Number.isFinite(bottom) ? (top - level) / (top - bottom) : 0;
  const between = (from: number, to: number | undefined) => from + share * ((to ?? from) - from);
  return [between(grid.x[high[1]]!, grid.x[low[1]]), between(grid.y[high[0]]!, grid.y[low[0]])];
}

/** Follows each link to the next until a ring closes. */
function chained(links: Map<string, { readonly end: string; readonly point: Point }>): Point[][] {
  const found: Point[][] = [];
  for (const first of links.keys()) {
    const ring: Point[] = [];
    for (let at = first, link = links.get(at); link; at = link.end, link = links.get(at)) {
      ring.push(link.point);
      links.delete(at);
    }
    if (ring.length > 2) found.push(ring);
  }
  return found;
}
