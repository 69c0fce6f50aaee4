import { expect, test } from "vitest";
import { line } from "../../src/plot/index.ts";

test("draws heights against 0, 1, 2, …, or pairs as given", () => {
  const { data } = line({ heights: [5, 6], pairs: { x: [1, 9], y: [2, 3] } });
  expect(data.map(({ x, y }) => [x, y])).toEqual([
    [
      [0, 1],
      [5, 6],
    ],
    [
      [1, 9],
      [2, 3],
    ],
  ]);
});

test("takes typed arrays, tensors, and one bare row", () => {
  const tensor = { toArray: () => [1, 2] };
  expect(line({ typed: new Float64Array([1, 2]), tensor }).data.map(({ y }) => y)).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(line([3, 4], { y: "loss" }).data[0]).toMatchObject({ name: "loss", y: [3, 4] });
});

test("leaves what is not finite as a gap and counts it", () => {
  const { data, alt } = line({ run: [1, Number.NaN, 3, Infinity] });
  expect(data[0]!.y).toEqual([1, null, 3, null]);
  expect(alt).toContain("run: 2 values not finite, left as gaps.");
});

test("leaves what is not positive as a gap on a log axis and counts it", () => {
  const { data, alt } = line({ run: { x: [0, 1, 2], y: [1, 0, 3] } }, { log: "xy" });
  expect(data[0]!.y).toEqual([null, null, 3]);
  expect(alt).toContain("run: 2 values not positive, left as gaps on the log axis.");
});

test("thins a million points, keeps every spike, and says so", () => {
  const long = new Float64Array(1_000_000).map((_, k) => Math.sin(k / 1e5));
  long[654_321] = 40;
  long[123_456] = -50;
  const figure = line({ long });
  expect(figure.data[0]!.y!.length).toBeLessThanOrEqual(2000);
  expect(figure.data[0]!.y).toEqual(expect.arrayContaining([40, -50]));
  expect(figure.alt).toContain("1,000,000 points thinned to");
  expect(figure.alt).toContain("lowest -50 at 123500, highest 40 at 654300");
});

test("draws no series at all as empty axes that say so", () => {
  const figure = line({ train: [] });
  expect(figure.data[0]!.y).toEqual([]);
  expect(figure.alt).toContain("train has no value to draw");
  expect(figure.alt).toContain("train is empty");
});

test("marks places, on a log axis too", () => {
  const { layout, alt } = line(
    { run: { x: [1, 100], y: [1, 2] } },
    { log: "x", mark: { 10: "best" } },
  );
  expect(layout.annotations![0]).toMatchObject({ x: 1, text: "best" });
  expect(layout.shapes![0]).toMatchObject({ x0: 10, x1: 10 });
  expect(alt).toContain("Marked at 10: best.");
});

test("refuses pairs of different lengths and rows of words", () => {
  expect(() => line({ run: { x: [1], y: [1, 2] } })).toThrow(
    "x of run and y of run must have the same length, but they have 1 and 2",
  );
  expect(() => line({ run: ["a"] as never })).toThrow(
    "run must be a row of numbers, but it is an array with a in it",
  );
});
