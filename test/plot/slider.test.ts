import { expect, test } from "vitest";
import { contour, fn, line, slider } from "../../src/plot/index.ts";
import { rosenbrock } from "./subjects.ts";

interface Step {
  readonly label: string;
  readonly method: string;
  readonly args: [Record<string, unknown[]>, Record<string, unknown>, number[]];
}
const stepsOf = (figure: ReturnType<typeof slider>) =>
  (figure.layout.sliders as { active: number; steps: Step[] }[])[0]!;

const powers = slider("power", [1, 2, 3], (power) =>
  fn({ f: (x) => x ** power, line: (x) => x }, { title: `x^${power}` }),
);

test("shows the middle value first, or the one asked for", () => {
  expect(powers.layout.title!.text).toBe("x^2");
  const third = slider("power", [1, 2, 3], (power) => fn((x) => x ** power), { start: 3 });
  expect(stepsOf(third).active).toBe(2);
});

test("carries in each step what the figure of that value shows, and only what changes", () => {
  const { steps } = stepsOf(powers);
  expect(steps.map(({ label, method }) => [label, method])).toEqual([
    ["1", "update"],
    ["2", "update"],
    ["3", "update"],
  ]);
  const [restyle, relayout, traces] = steps[2]!.args;
  expect(Object.keys(restyle)).toEqual(["y"]);
  expect(traces).toEqual([0]);
  expect((restyle.y![0] as number[])[0]).toBe(-27);
  expect(relayout).toEqual({ "title.text": "x^3" });
});

test("keeps the axes still while the slider moves", () => {
  expect(powers.layout.yaxis!.range![0]).toBeLessThan(-27);
  expect(powers.layout.yaxis!.range![1]).toBeGreaterThan(27);
  expect(powers.layout.xaxis!.range).toEqual([-3, 3]);
});

test("hides a trace in the steps that do not have it", () => {
  const { steps } = stepsOf(
    slider("n", [1, 2], (n) =>
      line(Object.fromEntries(Array.from({ length: n }, (_, k) => [`s${k}`, [k, n]]))),
    ),
  );
  expect(steps.map(({ args }) => args[0].visible)).toEqual([
    [null, false],
    [null, null],
  ]);
});

test("moves a path over a map without sending the map again", () => {
  const figure = slider("rate", [0.1, 0.2, 0.3], (rate) =>
    contour(rosenbrock, {
      x: [-2, 2],
      y: [-1, 3],
      paths: {
        GD: [
          [0, 0],
          [rate, rate],
        ],
      },
    }),
  );
  const { steps } = stepsOf(figure);
  expect(Object.keys(steps[0]!.args[0])).toEqual(["x", "y"]);
  expect(JSON.stringify(figure).length).toBeLessThan(100_000);
});

test("coarsens and thins what would not fit into 300 kB, and says so", () => {
  const figure = slider(
    "seed",
    Array.from({ length: 25 }, (_, k) => k),
    (seed) => line({ noise: Array.from({ length: 2000 }, (_, k) => Math.sin(seed * 1e3 + k * k)) }),
  );
  expect(JSON.stringify(figure).length).toBeLessThanOrEqual(300_000);
  expect(figure.alt).toMatch(/25 values were thinned to \d+ to keep the figure small/);
  expect(stepsOf(figure).steps.at(-1)!.label).toBe("24");
  expect(stepsOf(figure).steps[stepsOf(figure).active]!.label).toBe("12");
});

test("describes its first, its shown and its last position", () => {
  expect(powers.alt).toContain("A slider over power with 3 positions from 1 to 3.");
  expect(powers.alt).toContain("At 2: f for x from -3 to 3: values 0 to 9.");
});

test("refuses no values, too many, a start that is not among them, and figures that move already", () => {
  const figure = () => fn(Math.abs);
  expect(() => slider("a", [], figure)).toThrow("slider needs 1 to 25 values of a, but got 0");
  expect(() =>
    slider(
      "a",
      Array.from({ length: 26 }, (_, k) => k),
      figure,
    ),
  ).toThrow("but got 26");
  expect(() => slider("a", [1, 2], figure, { start: 3 as never })).toThrow(
    "start must be one of the values of a, but 3",
  );
  expect(() => slider("a", [1], () => powers)).toThrow("slider needs figures that stand still");
});
