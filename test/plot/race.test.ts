import { expect, test } from "vitest";
import { fit, influence, race } from "../../src/plot/index.ts";
import { mae, mse } from "./subjects.ts";

test("a race draws the median of the seeds in a band from best to worst", () => {
  const { data } = race({
    GD: [
      [4, 1],
      [4, 2],
      [4, 9],
    ],
  });
  expect(data.map(({ y }) => y)).toEqual([
    [4, 1],
    [4, 9],
    [4, 2],
  ]);
});

test("a single run has no band", () => {
  expect(race({ GD: [4, 2, 1], Adam: new Float64Array([4, 1, 0.5]) }).data).toHaveLength(2);
});

test("a run that does not stay finite leaves the race and is counted", () => {
  const { data, alt } = race({
    GD: [
      [4, 2],
      [4, Infinity],
    ],
  });
  expect(data.at(-1)!.y).toEqual([4, 2]);
  expect(alt).toContain("GD: 1 of 2 runs did not stay finite.");
});

test("a long race is thinned to its last step, and says so", () => {
  const long = Array.from({ length: 5001 }, (_, k) => 1 / (k + 1));
  const { data, alt } = race({ GD: long });
  expect(data[0]!.x!.length).toBeLessThanOrEqual(401);
  expect(data[0]!.x!.at(-1)).toBe(5000);
  expect(alt).toContain("GD: every 13th step drawn.");
});

test("runs of different lengths are refused", () => {
  expect(() => race({ GD: [[1, 2], [1]] })).toThrow(
    "row 0 of GD and a later row must have the same length",
  );
});

test("the bars of a fit reach from each point to the first curve", () => {
  const { data } = fit({ x: [1, 2], y: [5, 6] }, { line: (x) => 2 * x });
  expect(data[0]).toMatchObject({
    name: "residuals",
    x: [1, 1, null, 2, 2, null],
    y: [5, 2, null, 6, 4, null],
  });
});

test("a fit tells the losses of every model", () => {
  expect(fit({ x: [1, 2], y: [5, 6] }, { line: (x) => 2 * x, flat: () => 5 }).alt).toBe(
    "2 points and their fit. line: residuals -3, -2; mean square 6.5, mean absolute 2.5. flat: residuals 0, -1; mean square 0.5, mean absolute 0.5.",
  );
});

test("influence is the derivative of the loss", () => {
  const { data, alt } = influence([mse, mae], { range: [-4, 4] });
  for (const [k, r] of data[0]!.x!.entries())
    expect(data[0]!.y![k]).toBeCloseTo(2 * (r as number), 4);
  expect(alt).toContain("mae pulls with -1 at -4 and 1 at 4, at most 1");
});
