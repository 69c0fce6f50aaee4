import { expect, test } from "vitest";
import { grad, multiclassHinge, multilabelMargin, type Tensor, tensor } from "../../src/index.ts";

const scores = [
  [2, 0.5, 1.25],
  [-1, 3, 0],
];

test("of one label it is the multiclass hinge, as PyTorch divides it", () => {
  const one = multilabelMargin({ reduction: "none" });
  const sum = multiclassHinge({ variant: "torch", reduction: "none" });
  expect(
    one(scores, [
      [0, 0, 1],
      [1, 0, 0],
    ]).toArray(),
  ).toEqual(sum(scores, [2, 0]).toArray());
});

test("what is added to all scores of a sample changes nothing", () => {
  const loss = multilabelMargin();
  const labels = [
    [1, 0, 1],
    [0, 1, 1],
  ];
  expect(loss(tensor(scores).add(64), labels).item()).toBe(loss(scores, labels).item());
});

test("labels that lead by the margin, all labels, and none cost nothing and pull at nothing", () => {
  const loss = multilabelMargin({ reduction: "none" });
  const [rows, labels] = [
    tensor([
      [3, 2, 0.5],
      [1, 2, 3],
      [1, 2, 3],
    ]),
    [
      [1, 1, 0],
      [1, 1, 1],
      [0, 0, 0],
    ],
  ];
  expect(loss(rows, labels).toArray()).toEqual([0, 0, 0]);
  const slopes = grad((z: Tensor) => loss(z, labels).sum())(rows);
  expect(slopes.abs().sum().item()).toBe(0);
});

test("a score that is minus infinite rules its label out and spoils no other", () => {
  const loss = multilabelMargin({ reduction: "none" });
  expect(loss([[0, 0.5, -Infinity]], [[1, 0, 0]]).toArray()).toEqual([0.5]);
});

test("targets other than 0 and 1, and a margin that is none, are refused", () => {
  expect(() =>
    multilabelMargin()(scores, [
      [0, 2, -1],
      [1, -1, -1],
    ]),
  ).toThrow("multilabelMargin needs targets 0 or 1, but target in row 0, column 1 is 2.");
  expect(() => multilabelMargin({ margin: 0 })).toThrow("margin must be a positive number");
});
