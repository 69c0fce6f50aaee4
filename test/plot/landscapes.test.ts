import { expect, test } from "vitest";
import {
  boundary,
  slice,
  slider,
  stability,
  surface,
  surfaceAndMap,
} from "../../src/plot/index.ts";
import { heavyBallRadius, rosenbrock } from "./subjects.ts";

const region = { x: [-2, 2], y: [-1, 3] } as const;

test("a surface carries its paths at the height they really have", () => {
  const { data } = surface(rosenbrock, {
    ...region,
    paths: {
      GD: [
        [-1, 1],
        [1, 1],
      ],
    },
  });
  const [start, end] = data[1]!.z as number[];
  const lift = end!;
  expect(start! - lift).toBeCloseTo(rosenbrock(-1, 1), 3);
  expect(lift / rosenbrock(-2, -1)).toBeLessThan(0.03);
});

test("a surface by powers of ten labels its height with the values", () => {
  const { layout } = surface((x) => 10 ** x, { x: [0, 3], y: [0, 1], log: true });
  expect((layout.scene as { zaxis: object }).zaxis).toMatchObject({
    tickvals: [0, 1, 2, 3],
    ticktext: ["1", "10", "100", "10<sup>3</sup>"],
  });
});

test("a surface is seen from over its lowest quarter", () => {
  const eye = (f: (x: number, y: number) => number) =>
    (surface(f, region).layout.scene as { camera: { eye: { x: number; y: number } } }).camera.eye;
  expect(eye((x, y) => x - y)).toMatchObject({ x: -1.2, y: 1.6 });
  expect(eye((x, y) => y - x)).toMatchObject({ x: 1.2, y: -1.6 });
});

test("a slice evaluates the loss at the centre plus steps along its directions", () => {
  const seen: number[][] = [];
  slice(
    (p) => {
      seen.push([...p]);
      return 1 + p[0]!;
    },
    [5, 6, 7],
    [
      [1, 0, 0],
      [0, 1, -1],
    ],
    { reach: 1, points: 2 },
  );
  expect(seen).toContainEqual([4, 5, 8]);
  expect(seen).toContainEqual([6, 7, 6]);
});

test("a slice shows the shadow of the training path: the nearest points of its plane", () => {
  const { data } = slice(
    (p) => p[0]! ** 2,
    [0, 0, 0],
    [
      [1, 0, 0],
      [1, 1, 0],
    ],
    { path: [[3, 2, 9]] },
  );
  // (3, 2) = 1·(1, 0) + 2·(1, 1); the third parameter is orthogonal to the plane.
  expect([data[1]!.x, data[1]!.y]).toEqual([[1], [2]]);
});

test("a slice along one direction is a curve, and refuses a direction of another length", () => {
  expect(slice((p) => p[0]! ** 2, [1], [[1]]).data).toHaveLength(1);
  expect(() => slice(() => 1, [1, 2], [[1]])).toThrow(
    "direction 1 and center must have the same length, but they have 1 and 2",
  );
});

test("the black line of a stability map lies where the radius is one", () => {
  const { data } = stability(heavyBallRadius, { x: [0, 4.5], y: [0, 1.2] });
  const line = data[1]!;
  const points = line.x!.map((x, k) => [x, line.y![k]] as [number | null, number | null]);
  const drawn = points.filter((point): point is [number, number] => point[0] !== null);
  expect(drawn.length).toBeGreaterThan(100);
  for (const [x, y] of drawn.slice(1, -1))
    expect(Math.abs(heavyBallRadius(x, y) - 1)).toBeLessThan(0.02);
});

test("white is the radius one, whatever the region", () => {
  const { data, layout } = stability((x) => x, { x: [0.5, 1.2], y: [0, 1] });
  expect(data[0]).toMatchObject({ zmin: 0, zmax: 2 });
  expect(layout.shapes!.length).toBe(20);
});

test("a boundary rings the points on the wrong side", () => {
  const data = { x: [-1, 1, 2], y: [0, 0, 0], label: [0, 1, -1] };
  const figure = boundary((x) => x, data, { level: 0 });
  expect(figure.data.find(({ name }) => name === "wrong (1)")).toMatchObject({ x: [2], y: [0] });
  expect(figure.alt).toContain("2 on the right side, 1 on the wrong");
});

test("a boundary draws its margins where the score has their value", () => {
  const data = { x: [-2, 2], y: [-2, 2], label: [0, 1] };
  const figure = boundary((x) => x, data, { level: 0, margins: [-1, 1] });
  const at = (name: string) =>
    new Set(
      (figure.data.find((each) => each.name === name)!.x as (number | null)[])
        .filter((x) => x !== null)
        .map((x) => x.toFixed(2)),
    );
  expect([at("score -1"), at("score 0"), at("score 1")]).toEqual([
    new Set(["-1.00"]),
    new Set(["0.00"]),
    new Set(["1.00"]),
  ]);
});

test("a surface and its map carry the same walk, and one slider moves both", () => {
  const walk = [0, 1, 2].map((k): [number, number] => [1 - k / 2, k / 2]);
  const { data, layout } = slider("step", [0, 2], (step) =>
    surfaceAndMap(rosenbrock, { ...region, paths: { walk: walk.slice(0, step + 1) } }),
  );
  expect(data.map(({ type }) => type)).toEqual(["surface", "scatter3d", "heatmap", "scatter"]);
  const [{ steps }] = layout.sliders as [{ steps: { args: [object, object, number[]] }[] }];
  expect(steps.map(({ args }) => args[2])).toEqual([
    [1, 3],
    [1, 3],
  ]);
  expect(steps[1]!.args[0]).toMatchObject({ x: [walk.map(([x]) => x), walk.map(([x]) => x)] });
});
