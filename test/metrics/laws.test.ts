import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metrics, tensor } from "../../src/index.ts";

const bits = fc.array(fc.constantFrom(0, 1), { minLength: 8, maxLength: 20 });
const both = bits.filter((y) => y.includes(0) && y.includes(1));
const scored = both.chain((target) =>
  fc.tuple(
    fc.array(fc.integer({ min: 0, max: 6 }), {
      minLength: target.length,
      maxLength: target.length,
    }),
    fc.constant(target),
  ),
);

describe("what must hold of all labels", () => {
  test("a perfect prediction scores 1 everywhere", () =>
    fc.assert(
      fc.property(both, (y) => {
        for (const metric of [
          "accuracy",
          "balancedAccuracy",
          "precision",
          "recall",
          "f1",
          "mcc",
        ] as const)
          expect(metrics[metric](y, y)).toBeCloseTo(1, 14);
      }),
    ));

  test("micro-averaged precision, recall and F1 are the accuracy", () =>
    fc.assert(
      fc.property(scored, ([g, y]) => {
        for (const metric of ["precision", "recall", "f1"] as const)
          expect(metrics[metric](g, y, { average: "micro" })).toBeCloseTo(
            metrics.accuracy(g, y),
            14,
          );
      }),
    ));

  test("F1 is the harmonic mean of precision and recall", () =>
    fc.assert(
      fc.property(both, both, (a, b) => {
        const n = Math.min(a.length, b.length);
        const [g, y] = [a.slice(0, n), b.slice(0, n)];
        const [p, r] = [metrics.precision(g, y), metrics.recall(g, y)];
        expect(metrics.f1(g, y)).toBeCloseTo(p + r === 0 ? 0 : (2 * p * r) / (p + r), 13);
      }),
    ));

  test("a confusion matrix counts every sample once", () =>
    fc.assert(
      fc.property(scored, ([g, y]) => {
        expect(
          metrics
            .confusionMatrix(g, y)
            .counts.flat()
            .reduce((a, b) => a + b),
        ).toBe(y.length);
      }),
    ));
});

describe("what must hold of all rankings", () => {
  test("the area under the ROC curve is how often a positive beats a negative, ties half", () =>
    fc.assert(
      fc.property(scored, ([scores, y]) => {
        const of = (label: number) => scores.filter((_, i) => y[i] === label);
        const duels = of(1).flatMap((p) => of(0).map((n) => (p > n ? 1 : p === n ? 0.5 : 0)));
        const wins = duels.reduce((sum: number, each) => sum + each, 0) / duels.length;
        expect(metrics.rocAuc(scores, y)).toBeCloseTo(wins, 12);
      }),
    ));

  test("only the order of the scores counts", () =>
    fc.assert(
      fc.property(scored, ([scores, y]) => {
        const bent = scores.map((s) => Math.exp(s) - 5);
        expect(metrics.rocAuc(bent, y)).toBe(metrics.rocAuc(scores, y));
        expect(metrics.averagePrecision(bent, y)).toBe(metrics.averagePrecision(scores, y));
      }),
    ));

  test("scores that say nothing get one half, and the share of positives", () =>
    fc.assert(
      fc.property(both, (y) => {
        const flat = y.map(() => 0.5);
        expect(metrics.rocAuc(flat, y)).toBe(0.5);
        expect(metrics.averagePrecision(flat, y)).toBeCloseTo(
          y.reduce((a: number, b) => a + b, 0) / y.length,
          14,
        );
      }),
    ));
});

test("tensors are read as well as arrays", () => {
  expect(metrics.accuracy(tensor([0, 1, 1]), tensor([0, 1, 0]))).toBeCloseTo(2 / 3, 15);
});

test("always saying no is right 95 % of the time, and F1 knows", () => {
  const y = Array.from({ length: 20 }, (_, i) => Number(i === 0));
  expect(metrics.accuracy(new Float64Array(20), y)).toBe(0.95);
  expect(metrics.f1(new Float64Array(20), y)).toBe(0);
});

test("a certain mistake costs infinitely much log loss and 1 of Brier", () => {
  expect(metrics.logLoss([1], [0])).toBe(Infinity);
  expect(metrics.brier([1], [0])).toBe(1);
});

test.each([
  [() => metrics.accuracy([1], [1, 0]), "1 predictions and 2 targets"],
  [() => metrics.accuracy([], []), "accuracy of nothing does not exist"],
  [() => metrics.mae([1, Number.NaN], [1, 2]), "prediction[1] is"],
  [
    () => metrics.f1([0, 1, 2], [0, 1, 2]),
    "f1 of 3 classes (0, 1, 2) needs to know how to average",
  ],
  [() => metrics.rocAuc([0.5, 0.6], [1, 1]), "2 of target 1 and 0 of target 0"],
  [() => metrics.rocAuc([0.5, 0.6], [1, 2]), "target[1] is 2"],
  [() => metrics.brier([1.5], [1]), "probabilities from 0 to 1, but prediction[0] is 1.5"],
  [() => metrics.r2([1, 2], [3, 3]), "all 2 are 3"],
  [() => metrics.calibration([0.5], [1], { bins: 0 }), "bins must be a whole number above 0"],
])("%s names what is wrong", (attempt, message) => {
  expect(attempt).toThrow(RangeError);
  expect(attempt).toThrow(message);
});

test.each([
  "accuracy",
  "balancedAccuracy",
  "precision",
  "recall",
  "f1",
  "mcc",
  "confusionMatrix",
] as const)(
  "%s refuses scores in the place of classes and says how to make classes of them",
  (name) => {
    expect(() => metrics[name]([0.7, 0.2], [1, 0])).toThrow(
      `${name} compares classes, which are whole numbers, but prediction[0] is 0.7.\nHint: probabilities become classes by p.greater(0.5)`,
    );
    expect(() => metrics[name]([1, 0], [0.7, 0])).toThrow("but target[0] is 0.7");
    expect(() => metrics[name]([0, 1, 1, 0], [1, 0])).toThrow("scores.argMax(-1)");
  },
);

describe("metrics of many samples", () => {
  const many = 100_000;
  const zeros = new Array<number>(many).fill(0);

  test("add up no rounding: the mean of equal errors is that error", () => {
    expect(metrics.mae(new Array(many).fill(0.1), zeros)).toBe(0.1);
    expect(metrics.mse(new Array(many).fill(0.1), zeros)).toBe(0.1 ** 2);
    expect(metrics.brier(new Array(many).fill(0.7), zeros)).toBe(0.7 ** 2);
    expect(metrics.logLoss(new Array(many).fill(0.3), zeros)).toBeCloseTo(-Math.log(0.7), 15);
  });

  test("a ranking of all scores in order but one has the area of all pairs but one", () => {
    const target = zeros.map((_, i) => Number(i >= 40_000));
    const scores = target.map((_, i) => (i === 40_000 ? 39_998.5 : i));
    expect(metrics.rocAuc(scores, target)).toBe(1 - 1 / (40_000 * 60_000));
  });

  test.each(["rocAuc", "averagePrecision", "rocCurve", "precisionRecallCurve"] as const)(
    "%s names itself where one kind of samples is missing",
    (name) => expect(() => metrics[name]([0.1, 0.9], [1, 1])).toThrow(`${name} needs samples`),
  );
});

describe("log loss of several classes", () => {
  const rows = [
    [0.7, 0.2, 0.1],
    [0.1, 0.3, 0.6],
    [0.25, 0.5, 0.25],
  ];

  test("is the mean surprise, from arrays and from a tensor", () => {
    const expected = -(Math.log(0.7) + Math.log(0.6) + Math.log(0.5)) / 3;
    expect(metrics.logLoss(rows, [0, 2, 1])).toBeCloseTo(expected, 14);
    expect(metrics.logLoss(tensor(rows), tensor([0, 2, 1]))).toBeCloseTo(expected, 14);
  });

  test("is that of two classes, where there are two", () => {
    const p = [0.9, 0.2, 0.4];
    const both = p.map((each) => [1 - each, each]);
    expect(metrics.logLoss(both, [1, 0, 1])).toBeCloseTo(metrics.logLoss(p, [1, 0, 1]), 14);
    expect(metrics.logLoss(tensor(p).reshape([3, 1]), [1, 0, 1])).toBe(
      metrics.logLoss(p, [1, 0, 1]),
    );
  });

  test.each([
    [rows, [0, 1], /one class for each row, but got 3 rows and 2 classes/],
    [rows, [0, 1, 3], /classes from 0 to 2, but target\[2\] is 3/],
    [[[0.5, 0.5], [1]], [0, 0], /row 0 has 2 and row 1 has 1/],
    [[[1.5, -0.5]], [0], /probabilities from 0 to 1.*\n.*softmax/],
    [[[0.5, 0.4]], [0], /add up to 1, but row 0 adds up to 0.9/],
  ])("refuses %j for %j", (given, classes, message) => {
    expect(() => metrics.logLoss(given, classes)).toThrow(message);
  });
});
