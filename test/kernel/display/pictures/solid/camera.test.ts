import fc from "fast-check";
import { expect, test } from "vitest";
import { camera } from "../../../../../kernel/display/pictures/solid/camera.ts";
import type { Vector } from "../../../../../kernel/display/pictures/solid/vectors.ts";

const frame = { x: 10, y: 20, width: 300, height: 200 };
const side = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const away = fc.double({ min: 1.1, max: 3, noNaN: true });

test("the whole cube is inside the frame, from wherever one looks", () => {
  fc.assert(
    fc.property(fc.tuple(away, away, away), fc.tuple(side, side, side), (eye, point) => {
      const { x, y } = camera(eye, frame)(point);
      return x >= 9.999 && x <= 310.001 && y >= 19.999 && y <= 220.001;
    }),
  );
});

test("what is higher is drawn higher, and what is nearer is less deep", () => {
  const project = camera([1.25, 1.25, 1.25], frame);
  expect(project([0, 0, 0.5]).y).toBeLessThan(project([0, 0, -0.5]).y);
  expect(project([0.5, 0.5, 0.5]).depth).toBeLessThan(project([-0.5, -0.5, -0.5]).depth);
});

test("the cube reaches two opposite sides of the frame", () => {
  const project = camera([2, 0.5, 1], frame);
  const corners = [-0.5, 0.5].flatMap((x) =>
    [-0.5, 0.5].flatMap((y) => [-0.5, 0.5].map((z): Vector => [x, y, z])),
  );
  const y = corners.map((corner) => project(corner).y);
  expect([Math.min(...y), Math.max(...y)]).toEqual([expect.closeTo(20), expect.closeTo(220)]);
});
