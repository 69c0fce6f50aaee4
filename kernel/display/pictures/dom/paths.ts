import { numbersIn } from "./matrices.ts";

/** A point on a path and how far along the path it lies. */
export interface PathPoint {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** How many numbers each path command takes. */
const argumentCount = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 } as const;
type Command = keyof typeof argumentCount;

const curvePieces = 8;

/** The corners of a path, with curves cut into short lines: enough for boxes and label places. */
export function pathPoints(description: string): readonly PathPoint[] {
  const pen = new Pen();
  for (const [, letter, list] of description.matchAll(/([mlhvcsqtaz])([^mlhvcsqtaz]*)/gi)) {
    const command = letter!.toLowerCase() as Command;
    if (command === "z") pen.close();
    const count = argumentCount[command];
    const values = numbersIn(list!);
    for (let start = 0; count > 0 && start + count <= values.length; start += count) {
      pen.relative = letter === command;
      // Further pairs after a move are lines.
      const kind = command === "m" && start > 0 ? "l" : command;
      draw(pen, kind, values.slice(start, start + count));
    }
  }
  return pen.points;
}

class Pen {
  readonly points: PathPoint[] = [];
  relative = false;
  #x = 0;
  #y = 0;
  #startX = 0;
  #startY = 0;

  /** Coordinates as the path means them: absolute, or from where the pen is. */
  at(x: number, y: number): [x: number, y: number] {
    return this.relative ? [this.#x + x, this.#y + y] : [x, y];
  }
  get place(): [x: number, y: number] {
    return [this.#x, this.#y];
  }
  move(x: number, y: number): void {
    this.#startX = x;
    this.#startY = y;
    this.#put(x, y, 0);
  }
  line(x: number, y: number): void {
    this.#put(x, y, Math.hypot(x - this.#x, y - this.#y));
  }
  close(): void {
    this.line(this.#startX, this.#startY);
  }
  #put(x: number, y: number, step: number): void {
    this.points.push({ x, y, length: (this.points.at(-1)?.length ?? 0) + step });
    this.#x = x;
    this.#y = y;
  }
}

function draw(pen: Pen, command: Command, values: readonly number[]): void {
  const [startX, startY] = pen.place;
  const [x, y] = pen.at(values.at(-2) ?? 0, values.at(-1) ?? 0);
  const control = (): Point => pen.at(values[0]!, values[1]!);
  if (command === "m") pen.move(x, y);
  else if (command === "h") pen.line(pen.at(values[0]!, 0)[0], startY);
  else if (command === "v") pen.line(startX, pen.at(0, values[0]!)[1]);
  else if (command === "c") curve(pen, control(), pen.at(values[2]!, values[3]!), [x, y]);
  else if (command === "q" || command === "s") bent(pen, control(), [x, y]);
  else if (command === "a") arc(pen, values[0]!, [x, y]);
  else pen.line(x, y);
}

type Point = readonly [x: number, y: number];

/** A curve with one control point, as the cubic curve it equals. */
function bent(pen: Pen, [controlX, controlY]: Point, end: Point): void {
  const [startX, startY] = pen.place;
  const toward = (from: number, to: number): number => from + (2 / 3) * (to - from);
  curve(
    pen,
    [toward(startX, controlX), toward(startY, controlY)],
    [toward(end[0], controlX), toward(end[1], controlY)],
    end,
  );
}

function curve(pen: Pen, first: Point, second: Point, end: Point): void {
  const start = pen.place;
  for (let piece = 1; piece <= curvePieces; piece++) {
    const t = piece / curvePieces;
    const u = 1 - t;
    const along = (axis: 0 | 1): number =>
      u ** 3 * start[axis] +
      3 * u * u * t * first[axis] +
      3 * u * t * t * second[axis] +
      t ** 3 * end[axis];
    pen.line(along(0), along(1));
  }
}

/** plotly's arcs are halves of marker circles: the box of the whole circle is theirs. */
function arc(pen: Pen, radius: number, [endX, endY]: Point): void {
  const [startX, startY] = pen.place;
  const [middleX, middleY] = [(startX + endX) / 2, (startY + endY) / 2];
  pen.line(middleX - radius, middleY - radius);
  pen.line(middleX + radius, middleY + radius);
  pen.line(endX, endY);
}

export function pathLength(points: readonly PathPoint[]): number {
  return points.at(-1)?.length ?? 0;
}

/** Where one is after walking `length` along the path. */
export function pointAtLength(
  points: readonly PathPoint[],
  length: number,
): { x: number; y: number } {
  const next = points.findIndex((point) => point.length >= length);
  const [before, after] = [points[next - 1], points[next] ?? points.at(-1)];
  if (!after) return { x: 0, y: 0 };
  if (!before || after.length === before.length) return { x: after.x, y: after.y };
  const share = (length - before.length) / (after.length - before.length);
  return {
    x: before.x + share * (after.x - before.x),
    y: before.y + share * (after.y - before.y),
  };
}
