import { describe, expect, test } from "vitest";
import {
  categoricalCrossEntropy,
  cosine,
  dice,
  gaussianNll,
  grad,
  iou,
  klDivergence,
  multiclassHinge,
  nll,
  ShapeError,
  softF1,
  sparseCategoricalCrossEntropy,
  type Tensor,
  tensor,
} from "../../src/index.ts";

const sparse = sparseCategoricalCrossEntropy;
const table = [
  [2, 0, -1],
  [0, 0, 0],
  [1, 5, 3],
];

describe("the cross-entropies agree where they mean the same", () => {
  test("sparse with a class is categorical with a one-hot row", () => {
    const rows = [
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ];
    expect(sparse()(table, [0, 2, 1]).item()).toBeCloseTo(
      categoricalCrossEntropy()(table, rows).item(),
      14,
    );
  });

  test("logits, their softmax and their log-softmax cost the same", () => {
    const z = tensor(table);
    const fromLogits = sparse()(z, [0, 2, 1]).item();
    expect(sparse({ from: "probabilities" })(z.softmax(), [0, 2, 1]).item()).toBeCloseTo(
      fromLogits,
      13,
    );
    expect(nll()(z.logSoftmax(), [0, 2, 1]).item()).toBeCloseTo(fromLogits, 13);
  });

  test("the divergence is what cross-entropy exceeds the entropy of the target by", () => {
    const t = [0.9, 0.05, 0.05];
    const ce = categoricalCrossEntropy({ from: "probabilities" });
    expect(ce(t, t).item()).toBeCloseTo(0.394, 3);
    expect(klDivergence({ from: "probabilities" })(t, t).item()).toBeCloseTo(0, 15);
  });

  test("before any training it is the logarithm of the number of classes", () => {
    expect(sparse()([[0, 0, 0, 0]], [2]).item()).toBeCloseTo(Math.log(4), 15);
  });
});

describe("digits that textbook formulas lose", () => {
  test("a sure and right row costs e^(−40), not 0", () => {
    expect(sparse()([[40, 0]], [0]).item()).toBeCloseTo(4.248354255291589e-18, 30);
  });

  test("logits of ±1000 give finite values and gradients", () => {
    const z = tensor([[1000, -1000, 0]]);
    expect(sparse()(z, [1]).item()).toBe(2000);
    const g = grad((x: Tensor) => sparse()(x, [1]))(z);
    expect([...g.data]).toEqual([1, -1, 0]);
  });

  test("the Hessian is right at a tie of all logits", () => {
    const slope = (r: Tensor) => grad((x: Tensor) => sparse()(x, [0]))(r);
    const first = grad((r: Tensor) => slope(r).slice(0, 1, 1).sum())(tensor([[0, 0]]));
    expect([...first.data]).toEqual([0.25, -0.25]);
  });
});

describe("weights, ignored rows, single rows", () => {
  test("class weights divide the mean by the weights of the targets", () => {
    const weighted = sparse({ classWeights: [1, 2, 4] });
    const each = sparse({ reduction: "none" })(table, [0, 2, 1]).data;
    const expected = (each[0]! + 4 * each[1]! + 2 * each[2]!) / 7;
    expect(weighted(table, [0, 2, 1]).item()).toBeCloseTo(expected, 14);
  });

  test("ignored rows count neither above nor below the line", () => {
    const ignoring = sparse({ ignoreIndex: -100 });
    const without = sparse()([table[0]!, table[2]!], [0, 1]).item();
    expect(ignoring(table, [0, -100, 1]).item()).toBeCloseTo(without, 14);
    expect(() => ignoring(table, [-100, -100, -100])).toThrow("needs one row that counts");
  });

  test("weights of samples go on top of weights of classes", () => {
    const loss = sparse({ classWeights: [1, 2, 4] });
    const twice = loss([...table, table[1]!], [0, 2, 1, 2]).item();
    expect(loss(table, [0, 2, 1], [1, 2, 1]).item()).toBeCloseTo(twice, 14);
  });

  test("one row may come without the outer axis", () => {
    expect(sparse()(table[0]!, 0).item()).toBe(sparse()([table[0]!], [0]).item());
    expect(sparse({ reduction: "none" })(table[0]!, 0).shape).toEqual([]);
  });
});

describe("masks", () => {
  const [p, t] = [
    [0.9, 0.8, 0.1, 0.3],
    [1, 1, 0, 0],
  ];

  test("Dice and IoU losses rank alike: iou = 2·dice/(1 + dice)", () => {
    const d = dice({ smoothing: 0 })(p, t).item();
    expect(iou({ smoothing: 0 })(p, t).item()).toBeCloseTo((2 * d) / (1 + d), 14);
  });

  test("soft F1 of hard decisions is one minus F1", () => {
    expect(softF1()([1, 1, 0, 0, 1], [1, 0, 0, 1, 1]).item()).toBeCloseTo(1 - 2 / 3, 14);
  });

  test("two empty masks cost nothing with smoothing and have no value without", () => {
    expect(dice()([0, 0], [0, 0]).item()).toBe(0);
    expect(() => dice({ smoothing: 0 })([0, 0], [0, 0])).toThrow("no value for two empty masks");
  });
});

describe("what does not fit is refused", () => {
  test.each([
    [() => sparse()(table, [0, 3, 1]), "classes from 0 to 2, but target[1] is 3"],
    [() => sparse()(table, [0, 0.5, 1]), "classes from 0 to 2, but target[1] is 0.5"],
    [
      () => sparse({ classWeights: [1, 2] })(table, [0, 1, 2]),
      "one weight for each of the 3 classes",
    ],
    [
      () => sparse({ from: "probabilities" })(table, [0, 1, 2]),
      "prediction in row 0, column 0 is 2",
    ],
    [() => nll()(table, [0, 1, 2]), "at most 0, but prediction in row 0, column 0 is 2"],
    [
      () => categoricalCrossEntropy()(table, table),
      "targets of at least 0, but target in row 0, column 2 is -1",
    ],
    [
      () => categoricalCrossEntropy()([[1, 2]], [[1, 1]]),
      "rows of targets that add up to 1, but row 0 (2 entries) adds up to 2",
    ],
    [() => sparse({ labelSmoothing: 1 }), "labelSmoothing must be at least 0 and below 1"],
    [() => multiclassHinge({ margin: 0 }), "margin must be a positive number"],
    [
      () => gaussianNll()([[0, 0]], [1]),
      "variances above 0, but prediction in row 0, column 1 is 0",
    ],
    [() => gaussianNll()([[0, 1, 2]], [1]), "rows of a mean and a variance"],
    [
      () =>
        cosine()(
          [
            [1, 0],
            [0, 0],
          ],
          [
            [1, 0],
            [1, 0],
          ],
        ),
      "row 1 of the prediction is zero",
    ],
    [
      () => dice()([1.5], [1]),
      "probabilities from 0 to 1, but prediction in row 0, column 0 is 1.5",
    ],
    [() => dice()([0.5], [2]), "targets from 0 to 1"],
    [() => sparse()([[Number.NaN, 1]], [0]), "prediction in row 0, column 0 is NaN"],
    [() => sparse()([], []), "needs at least one sample"],
  ])("%s", (attempt, message) => {
    expect(attempt).toThrow(message);
  });

  test.each([
    [
      () => sparse()(table, [[0], [1], [2]]),
      "targets of shape [3] for a prediction of shape [3,3]",
    ],
    [() => categoricalCrossEntropy()(table, [0, 1, 2]), "oneHot(classes, count)"],
    [() => sparse()([[[1]]], [[0]]), "needs one row for each sample"],
  ])("shapes: %s", (attempt, message) => {
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow(message);
  });
});
