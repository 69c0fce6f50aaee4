import { expect, test } from "vitest";
import { calibration, matrix, precisionRecall, roc } from "../../src/plot/index.ts";
import { scored } from "./subjects.ts";

const labels = [0, 0, 1, 1];

test("the ROC curve takes tied scores in one step", () => {
  const { data } = roc([0, 1, 0, 1], { same: [5, 5, 5, 5] });
  expect([data[1]!.x, data[1]!.y]).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test("the area under the ROC curve is the share of pairs ranked rightly", () => {
  const scores = scored.scores["one feature"];
  const [ones, zeros] = [1, 0].map((y) => scores.filter((_, k) => scored.labels[k] === y));
  const right = ones!.reduce((sum, one) => sum + zeros!.filter((zero) => zero < one).length, 0);
  const area = right / (ones!.length * zeros!.length);
  expect(roc(scored.labels, { model: scores }).alt).toContain(
    `model has area ${Number(area.toPrecision(4))}`,
  );
});

test("average precision is what one computes by hand", () => {
  // Ranked 1, 0, 1, 0: precision 1 at the first hit and 2/3 at the second.
  expect(precisionRecall(labels, { model: [0.1, 0.4, 0.35, 0.8] }).alt).toContain(
    "average precision 0.8333",
  );
});

test("a curve of very many samples is thinned but keeps its ends", () => {
  const many = Array.from({ length: 100_000 }, (_, k) => k % 2);
  const { data } = roc(many, { model: many.map((_, k) => Math.sin(k)) });
  expect(data[1]!.x!.length).toBeLessThanOrEqual(501);
  expect([data[1]!.x![0], data[1]!.x!.at(-1)]).toEqual([0, 1]);
});

test.each([
  [
    () => roc([1, 1], { m: [1, 2] }),
    "labels must hold both classes, but they hold 2 ones and 0 zeros",
  ],
  [() => roc([-1, 1], { m: [1, 2] }), "labels must be 0 or 1, but there is -1"],
  [() => roc([0, 1], { m: [1] }), "labels and m must have the same length, but they have 2 and 1"],
  [() => roc([0, 1], { m: [1, Number.NaN] }), "m must be finite, but it is not at sample 1"],
  [
    () => calibration([0, 1], { m: [0, 1.5] }),
    "m must be probabilities between 0 and 1, but there is 1.5",
  ],
])("bad input is refused in the caller's words (%#)", (draw, message) => {
  expect(draw).toThrow(message);
});

test("calibration compares the mean prediction of a group with what came true", () => {
  const { data, alt } = calibration([0, 1, 1, 1, 0], { model: [0.5, 0.5, 0.5, 0.5, 0.1] });
  expect([data[1]!.x, data[1]!.y]).toEqual([
    [0.1, 0.5],
    [0, 0.75],
  ]);
  // (4 · 0.25 + 1 · 0.1) / 5
  expect(alt).toContain("model is off by 0.22 on average");
});

test("a matrix colours by the share of the row and writes the counts", () => {
  const { data, layout } = matrix(
    [
      [90, 10],
      [1, 3],
    ],
    { rows: ["many", "few"] },
  );
  expect(data[0]!.z).toEqual([
    [0.9, 0.1],
    [0.25, 0.75],
  ]);
  expect(layout.annotations!.map(({ text }) => text)).toEqual(["90", "10", "1", "3"]);
});

test("a matrix writes white on dark and black on light", () => {
  const { layout } = matrix([
    [1, 0],
    [0, 1],
  ]);
  expect(layout.annotations!.map(({ font }) => (font as { color: string }).color)).toEqual([
    "#fff",
    "#000",
    "#000",
    "#fff",
  ]);
});

test("a matrix may be any table, and must not be empty or ragged", () => {
  expect(matrix([[1, 2, 3]], { rows: ["only"], columns: ["a", "b", "c"] }).alt).toBe(
    "Table with true in rows and predicted in columns. only: 1 a, 2 b, 3 c.",
  );
  expect(() => matrix([])).toThrow("counts must be a table of numbers, but it is empty");
  expect(() => matrix([[1, 2], [3]])).toThrow(
    "row 0 of counts and a later row must have the same length, but they have 2 and 1",
  );
});
