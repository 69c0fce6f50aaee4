import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bce,
  bceWithLogits,
  contrastive,
  focal,
  hinge,
  hingeEmbedding,
  huber,
  type Loss,
  logistic,
  marginRanking,
  msle,
  poissonNll,
  quantile,
  squaredHinge,
  weightedBceAsPrinted,
} from "../../src/index.ts";
import { losses } from "./every.ts";
import { rowLosses } from "./everyRow.ts";

test.each<[Loss, number, string]>([
  [hinge(), 0, "Hinge needs targets -1 or 1, but target[1] is 0.\nHint: with labels 0 and 1 use"],
  [squaredHinge(), 0.5, "needs targets -1 or 1, but target[1] is 0.5"],
  [logistic(), 2, "needs targets -1 or 1, but target[1] is 2"],
  [bce(), -1, "needs targets from 0 to 1, but target[1] is -1.\nHint: with labels -1 and 1 use"],
  [bceWithLogits(), 1.5, "needs targets from 0 to 1, but target[1] is 1.5"],
  [bceWithLogits(), Number.NaN, "needs targets from 0 to 1, but target[1] is NaN"],
  [focal(), 0.5, "needs targets 0 or 1, but target[1] is 0.5"],
  [contrastive(), -1, "needs targets 0 or 1, but target[1] is -1"],
  [
    msle(),
    -2,
    "needs targets of at least 0, but target[1] is -2.\nHint: its logarithm is of amounts",
  ],
  [hingeEmbedding(), 0, "Hinge embedding needs targets -1 or 1, but target[1] is 0"],
  [marginRanking(), 0, "Margin ranking needs targets -1 or 1, but target[1] is 0"],
  [poissonNll(), 1.5, "needs targets 0, 1, 2, …, but target[1] is 1.5"],
])("$name names the target %d outside its set", (loss, wrong, message) => {
  const attempt = () => loss([0.5, 0.5], [1, wrong]);
  expect(attempt).toThrow(RangeError);
  expect(attempt).toThrow(message);
});

test("labels are checked again when they come as another tensor, and for another loss", () => {
  expect(() => bce()([0.5], [1])).not.toThrow();
  expect(() => bce()([0.5], [2])).toThrow(RangeError);
});

test.each([1.2, -0.1])("bce refuses a probability of %d and says where scores belong", (p) => {
  const attempt = () => bce()([[0.5, p]], [[1, 0]]);
  expect(attempt).toThrow(`prediction in row 0, column 1 is ${p}`);
  expect(attempt).toThrow("bceWithLogits");
});

test("a negative rate is refused", () => {
  expect(() => poissonNll({ input: "rate" })([-1], [1])).toThrow("rates of at least 0");
});

test("a negative amount is refused, with two ways to predict none", () => {
  const attempt = () => msle()([[3, -0.5]], [[3, 0]]);
  expect(attempt).toThrow(RangeError);
  expect(attempt).toThrow(
    "amounts of at least 0, but prediction in row 0, column 1 is -0.5.\nHint: end",
  );
});

test.each([0, -1, Number.NaN, Infinity])("huber names delta when it is %d", (delta) => {
  expect(() => huber({ delta })).toThrow(`delta must be a positive number, but it is ${delta}.`);
});

test.each([0, 1, Number.NaN])("quantile names level when it is %d", (level) => {
  expect(() => quantile({ level })).toThrow(`level must lie between 0 and 1, but it is ${level}.`);
});

test("a loss that depends on the target asks for it", () => {
  expect(() => bceWithLogits().gradient(3)).toThrow("gradient(3, 1) for target 1");
  expect(huber().gradient(3)).toBe(1);
  expect(hinge().gradient(0)).toBe(-1);
});

test("certain and wrong costs Infinity, certain and right nothing", () => {
  const { value } = bce().curve({ from: 0, to: 1, points: 3, target: 1 });
  expect(value).toEqual([Infinity, Math.LN2, -0]);
});

test("the printed weighted cross-entropy is negative for a right prediction and caps a wrong one", () => {
  expect(weightedBceAsPrinted()([1], [1]).toArray()).toEqual([expect.closeTo(-8e-8, 10)]);
  const unweighted = weightedBceAsPrinted({ positive: 1, negative: 1 });
  expect(unweighted([0], [1]).item()).toBeCloseTo(16.118, 3);
});

describe("NaN is named wherever it comes in", () => {
  test.each(losses.map((loss) => [loss.name, loss.parameters, loss] as const))(
    "%s %j",
    (_, __, loss) => {
      const y = [1, 1, 1];
      expect(() => loss([0.5, Number.NaN, 0.5], y)).toThrow("prediction[1] is NaN");
      expect(() => loss([0.5, 0.5, 0.5], [1, Number.NaN, 1])).toThrow("target[1] is NaN");
    },
  );

  test.each(rowLosses.map((each) => [each.loss.name, each.loss.parameters, each] as const))(
    "%s %j",
    (_, __, { loss, rows, targets }) => {
      const [row, t] = fc.sample(fc.tuple(rows, targets), { numRuns: 1, seed: 7 })[0]!;
      row.forEach((_, column) => {
        const attempt = () => loss([row, row.with(column, Number.NaN)], [t, t] as never);
        expect(attempt).toThrow(/NaN/);
        expect(attempt).toThrow(RangeError);
      });
    },
  );
});
