import { expect, test } from "vitest";
import {
  pathLength,
  pathPoints,
  pointAtLength,
} from "../../../../../kernel/display/pictures/dom/paths.ts";

const places = (path: string) => pathPoints(path).map(({ x, y }) => [x, y]);

test.each([
  [
    "M1,2L3,4",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "M1,2 3,4",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "m1,2l3,4",
    [
      [1, 2],
      [4, 6],
    ],
  ],
  [
    "M1,2H5V7",
    [
      [1, 2],
      [5, 2],
      [5, 7],
    ],
  ],
  [
    "M1,2h5v7",
    [
      [1, 2],
      [6, 2],
      [6, 9],
    ],
  ],
  [
    "M0,0L4,0L4,3Z",
    [
      [0, 0],
      [4, 0],
      [4, 3],
      [0, 0],
    ],
  ],
  ["M-1.5e1,.5", [[-15, 0.5]]],
  ["", []],
])("%s runs through %j", (path, expected) => {
  expect(places(path)).toEqual(expected);
});

test("a curve ends where it says, and a straight one is straight", () => {
  const points = places("M0,0C1,1,2,2,3,3");
  expect(points.at(-1)).toEqual([3, 3]);
  for (const [x, y] of points) expect(x).toBeCloseTo(y!, 12);
});

test("length runs along lines, not through moves", () => {
  expect(pathLength(pathPoints("M0,0L3,4M100,100L100,101"))).toBe(6);
});

test("a point at a length lies between the corners around it", () => {
  const points = pathPoints("M0,0L10,0L10,10");
  expect(pointAtLength(points, 5)).toEqual({ x: 5, y: 0 });
  expect(pointAtLength(points, 14)).toEqual({ x: 10, y: 4 });
  expect(pointAtLength(points, -1)).toEqual({ x: 0, y: 0 });
  expect(pointAtLength(points, 99)).toEqual({ x: 10, y: 10 });
});

test("half a marker circle has the box of the whole", () => {
  const points = places("M3,0A3,3 0 1,1 0,-3");
  const x = points.map(([first]) => first!);
  expect(Math.max(...x) - Math.min(...x)).toBeCloseTo(6, 12);
});
