import { expect, test } from "vitest";
import { contour } from "../../src/plot/index.ts";
import { descent, rosenbrock } from "./subjects.ts";

const region = { x: [-2, 2], y: [-1, 3] } as const;

test("draws bands as shapes, which plotly's animation cannot wipe out", () => {
  const { data, layout, frames } = contour(rosenbrock, {
    ...region,
    log: true,
    paths: { GD: descent(0.002, 0) },
    animate: true,
  });
  expect(layout.shapes!.every(({ type, layer }) => type === "path" && layer === "below")).toBe(
    true,
  );
  expect(data[0]).toMatchObject({ type: "heatmap", opacity: 0 });
  expect(
    frames!.every(({ traces }) => traces.every((trace) => data[trace]!.type === "scatter")),
  ).toBe(true);
});

test("grows the path from its start to its end in at most 30 pictures", () => {
  const path = descent(0.002, 0.9);
  const { frames, layout } = contour(rosenbrock, { ...region, paths: { path }, animate: true });
  expect(frames!.length).toBeLessThanOrEqual(30);
  expect(frames![0]!.data[0]!.x).toEqual([-1.5]);
  expect((frames!.at(-1)!.data[0]!.x as number[]).length).toBe(path.length);
  const steps = (layout.sliders as { steps: { label: string }[] }[])[0]!.steps;
  expect(steps.map(({ label }) => label)).toEqual(frames!.map(({ name }) => name));
});

test("colours by powers of ten but shows the value itself under the mouse", () => {
  const { data } = contour((x) => 10 ** x, { x: [0, 2], y: [0, 1], log: true, points: 3 });
  expect(data[0]!.z![0]).toEqual([0, 1, 2]);
  expect(data[0]!.text).toEqual([
    ["1", "10", "100"],
    ["1", "10", "100"],
    ["1", "10", "100"],
  ]);
});

test("leaves holes where the function is not finite and counts them", () => {
  const { data, alt } = contour((x, y) => (x < 0 ? Number.NaN : x + y), {
    x: [-1, 1],
    y: [0, 1],
    points: 5,
  });
  expect(data[0]!.z![0]).toEqual([null, null, 0, 0.5, 1]);
  expect(alt).toContain("10 samples of 25 not finite, left empty.");
});

test("tells in words where each path ended and how high that is", () => {
  const { alt } = contour(rosenbrock, {
    ...region,
    paths: {
      GD: [
        [-1, 1],
        [1, 1],
      ],
    },
  });
  expect(alt).toContain("GD: 1 step from (-1, 1) to (1, 1), height 0.");
});

test("takes points as tensors and coordinates apart", () => {
  const tensor = { toArray: () => [0.5, 0.25] };
  const { data } = contour(rosenbrock, {
    ...region,
    paths: { a: [tensor], b: { x: [1, 2], y: [3, 4] } },
  });
  expect(data.slice(1).map(({ x, y }) => [x, y])).toEqual([
    [[0.5], [0.25]],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
});

test("refuses a path without a point and a function without a finite value", () => {
  expect(() => contour(rosenbrock, { ...region, paths: { GD: [] } })).toThrow(
    "The path GD must have at least one point",
  );
  expect(() => contour(() => -1, { ...region, log: true })).toThrow(
    "must be finite somewhere in the region",
  );
});
