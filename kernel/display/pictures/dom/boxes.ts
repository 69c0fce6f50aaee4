import { applied, type Matrix, parseTransform } from "./matrices.ts";
import type { PlainElement } from "./PlainElement.ts";
import { type PathPoint, pathPoints } from "./paths.ts";
import { textBox } from "./text.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const noBox: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The box of an SVG element in its own coordinates, or none if it draws nothing. */
export function localBox(element: PlainElement): Box | undefined {
  const size = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? "") || 0;
  switch (element.localName) {
    case "text":
    case "tspan":
      return textBox(element);
    case "rect":
    case "image":
      return { x: size("x"), y: size("y"), width: size("width"), height: size("height") };
    case "circle": {
      const [x, y, radius] = [size("cx"), size("cy"), size("r")];
      return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
    }
    case "path":
      return around(pointsOf(element).map(({ x, y }) => [x, y]));
    case "defs":
    case "clipPath":
    case "style":
      return undefined;
    default:
      return boxOfChildren(element);
  }
}

/** The box of an SVG element in the coordinates of the whole drawing. */
export function clientBox(element: PlainElement): Box | undefined {
  if (!element.isSvg || element.localName === "svg") return undefined;
  let box = localBox(element);
  for (let outer: PlainElement | null = element; outer && outer.localName !== "svg"; ) {
    box = box && moved(box, parseTransform(outer.getAttribute("transform")));
    outer = outer.parentElement;
  }
  return box;
}

function boxOfChildren(element: PlainElement): Box | undefined {
  const boxes = element.children
    .filter((child) => child.style.getPropertyValue("display") !== "none")
    .map((child) => {
      const box = localBox(child);
      return box && moved(box, parseTransform(child.getAttribute("transform")));
    });
  return around(boxes.flatMap((box) => (box ? corners(box) : [])));
}

function moved(box: Box, matrix: Matrix): Box {
  return around(corners(box).map(([x, y]) => applied(matrix, x, y))) ?? box;
}

function corners({ x, y, width, height }: Box): [x: number, y: number][] {
  return [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ];
}

function around(points: readonly (readonly [x: number, y: number])[]): Box | undefined {
  if (points.length === 0) return undefined;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Traced {
  readonly description: string;
  readonly points: readonly PathPoint[];
}

/** Contour labels ask for hundreds of points of one path, so its corners are kept. */
const traced = new WeakMap<PlainElement, Traced>();

export function pointsOf(element: PlainElement): readonly PathPoint[] {
  const description = element.getAttribute("d") ?? "";
  const before = traced.get(element);
  if (before?.description === description) return before.points;
  const points = pathPoints(description);
  traced.set(element, { description, points });
  return points;
}
