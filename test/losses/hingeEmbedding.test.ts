import { expect, test } from "vitest";
import {
  contrastive,
  grad,
  hingeEmbedding,
  rowDistance,
  type Tensor,
  tensor,
} from "../../src/index.ts";

const pull = (loss: (p: Tensor) => Tensor, distances: number[]) =>
  grad((d: Tensor) => loss(d).sum())(tensor(distances)).toArray();

test("it pulls equally on near and far pairs, the contrastive loss by their distance", () => {
  const together = (d: Tensor) => hingeEmbedding({ reduction: "none" })(d, [1, 1, 1]);
  expect(pull(together, [0, 0.5, 40])).toEqual([1, 1, 1]);
  const squared = (d: Tensor) => contrastive({ reduction: "none" })(d, [1, 1, 1]);
  expect(pull(squared, [0, 0.5, 40])).toEqual([0, 0.5, 40]);
});

test("pairs apart are pushed up to the margin, and at it no more", () => {
  const apart = (d: Tensor) => hingeEmbedding({ margin: 2, reduction: "none" })(d, [-1, -1, -1]);
  expect(pull(apart, [1.5, 2, 3])).toEqual([-1, 0, 0]);
  expect(hingeEmbedding({ margin: 2 }).gradient(2, -1)).toBe(0);
});

test("of distances of rows it moves the rows themselves", () => {
  const right = [
    [0, 0],
    [0, 0],
  ];
  const loss = (left: Tensor) => hingeEmbedding({ margin: 10 })(rowDistance(left, right), [1, -1]);
  expect(
    loss(
      tensor([
        [3, 4],
        [3, 4],
      ]),
    ).item(),
  ).toBe(5);
  expect(
    grad(loss)(
      tensor([
        [3, 4],
        [3, 4],
      ]),
    ).toArray(),
  ).toEqual([
    [expect.closeTo(0.3, 15), expect.closeTo(0.4, 15)],
    [expect.closeTo(-0.3, 15), expect.closeTo(-0.4, 15)],
  ]);
});

test("weights count pairs, and margins and distances below 0 are refused", () => {
  expect(hingeEmbedding()([0.5, 0.25], [1, -1], [3, 1]).item()).toBe(0.5625);
  expect(() => hingeEmbedding({ margin: 0 })).toThrow("margin must be a positive number");
  expect(() => hingeEmbedding()([-1], [1])).toThrow("distances of at least 0");
});
