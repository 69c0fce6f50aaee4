import { expect, test } from "vitest";
import { gradientCheck, schedules, simplex, subgradients } from "../../src/plot/index.ts";

test("a corner of the triangle is certainty", () => {
  const { data } = simplex(([first]) => 1 - first, {
    mark: { one: [1, 0, 0], two: [0, 1, 0], three: [0, 0, 1] },
  });
  const places = data.slice(2).map(({ x, y }) => [x![0], y![0]]);
  expect(places).toEqual([
    [0, 0],
    [1, 0],
    [0.5, 0.866025],
  ]);
});

test("the bands cover the triangle and nothing else", () => {
  const { layout } = simplex(([first]) => first);
  const lowest = (layout.shapes![0]!.path as string)
    .match(/-?[\d.e-]+,-?[\d.e-]+/g)!
    .map((pair) => pair.split(",").map(Number));
  const area = lowest.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = lowest[(k + 1) % lowest.length]!;
    return sum + (x! * nextY! - nextX! * y!) / 2;
  }, 0);
  expect(area).toBeCloseTo(Math.sqrt(3) / 4, 3);
});

test("a mark must be a prediction", () => {
  expect(() => simplex(() => 1, { mark: { bad: [1, 1, 0] } })).toThrow(
    "bad must be three probabilities that sum to 1, but it is [1, 1, 0] with sum 2",
  );
});

test.each([
  [Math.abs, 0, "At 0 every slope from -1 to 1 is a subgradient"],
  [(x: number) => Math.max(0, x), 0, "At 0 every slope from 0 to 1 is a subgradient"],
  [(x: number) => x * x, 1.5, "At 1.5 the only subgradient is the slope, 3"],
  [(x: number) => -Math.abs(x), 0, "At 0 there is no subgradient: the kink points up"],
])("subgradients of %s at %d", (f, at, verdict) => {
  const figure = subgradients(f, at);
  expect(figure.layout.title!.text).toBe(verdict);
  expect(figure.data.length).toBe(verdict.includes("every") ? 7 : 1);
});

test("every line of the fan stays below a convex function", () => {
  const { data } = subgradients(Math.abs, 0);
  for (const { x, y } of data.slice(1, -1))
    for (const [k, each] of x!.entries())
      expect(y![k]).toBeLessThanOrEqual(Math.abs(each as number) + 1e-6);
});

test("subgradients refuses a point outside the range", () => {
  expect(() => subgradients(Math.abs, 5, { range: [-1, 1] })).toThrow("5 is not between -1 and 1");
});

test("gradient check takes the verdicts of a report, which forgives a kink", () => {
  const row = (name: string, yours: number, numeric: number, verdict: string) => ({
    name,
    yours,
    numeric,
    verdict,
    relativeError: Math.abs(yours - numeric),
  });
  const { data, layout } = gradientCheck({
    rows: [row("w[0]", 1, 1, "agrees"), row("w[1]", 1, 0, "corner"), row("w[2]", 2, 3, "differs")],
  });
  expect(layout.title!.text).toBe("1 of 3 entries differ");
  expect(data.find(({ name }) => name === "differ")!.text).toEqual(["w[2]"]);
});

test("schedules may be a list of functions with names", () => {
  const constant = Object.defineProperty(() => 0.1, "name", { value: "Constant" });
  expect(schedules([constant]).data[0]!.name).toBe("Constant");
});
