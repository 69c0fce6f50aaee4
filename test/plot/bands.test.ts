import { expect, test } from "vitest";
import { regionPath, rings } from "../../src/plot/bands.ts";

const area = (ring: readonly (readonly [number, number])[]) =>
  ring.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = ring[(k + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

const grid = (f: (x: number, y: number) => number, points: number) => {
  const axis = Array.from({ length: points }, (_, k) => -2 + (4 * k) / (points - 1));
  return { x: axis, y: axis, z: axis.map((y) => axis.map((x) => f(x, y))) };
};

test("encloses the area of a disc, counter-clockwise", () => {
  const disc = rings(
    grid((x, y) => -(x * x + y * y), 201),
    -1,
  );
  expect(disc).toHaveLength(1);
  expect(area(disc[0]!)).toBeCloseTo(Math.PI, 2);
});

test("goes around a hole the other way, so that the areas add up", () => {
  const outside = rings(
    grid((x, y) => x * x + y * y, 201),
    1,
  );
  expect(outside).toHaveLength(2);
  expect(outside.reduce((sum, ring) => sum + area(ring), 0)).toBeCloseTo(16 - Math.PI, 2);
});

test("follows the edge of the grid where the high ground leaves it", () => {
  const [half] = rings(
    grid((x) => x, 5),
    0,
  );
  expect(area(half!)).toBeCloseTo(8, 12);
});

test("parts a saddle by the height of its middle", () => {
  const saddle = (middle: number) => {
    const corner = middle + 1;
    return {
      x: [0, 1],
      y: [0, 1],
      z: [
        [corner, -1 + middle],
        [-1 + middle, corner],
      ],
    };
  };
  expect(rings(saddle(-0.1), 0)).toHaveLength(2);
  expect(rings(saddle(0.1), 0)).toHaveLength(1);
});

test("treats what is not a number as a hole", () => {
  const holed = grid((x, y) => (x === 0 && y === 0 ? Number.NaN : 1), 5);
  expect(
    rings(holed, 0)
      .map(area)
      .sort((a, b) => a - b),
  ).toEqual([-2, 16]);
});

test("covers a random landscape exactly: the bands of two opposite functions fill the square", () => {
  let state = 5;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const heights = grid(random, 12);
  const opposite = { ...heights, z: heights.z.map((line) => line.map((each) => -each)) };
  const covered = [heights, opposite].flatMap((each) => rings(each, 0)).map(area);
  expect(covered.reduce((sum, each) => sum + each, 0)).toBeCloseTo(16, 9);
});

test("writes a region in few points, none of them visibly beside the border", () => {
  const disc = grid((x, y) => -(x * x + y * y), 201);
  const path = regionPath(disc, -1);
  const points = path
    .slice(1, -1)
    .split("L")
    .map((text) => text.split(",").map(Number));
  expect(points.length).toBeLessThan(rings(disc, -1)[0]!.length / 5);
  for (const [k, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(k + 1) % points.length]!;
    // The middle of a piece is where it is furthest from the circle.
    expect(Math.hypot((x! + nextX!) / 2, (y! + nextY!) / 2)).toBeCloseTo(1, 2);
  }
  expect(
    regionPath(
      grid(() => 1, 41),
      0,
    ).split("L").length,
  ).toBeLessThan(7);
});
