import { expect, test } from "vitest";
import { grad, hinge, marginRanking, type Tensor, tensor } from "../../src/index.ts";

const first = [3, 0.5, 2, -1];
const second = [1, 0, 4, -1];

test("what is added to all scores changes nothing, and swapping both swaps the order", () => {
  const loss = marginRanking({ reduction: "none" });
  const [a, b] = [tensor(first), tensor(second)];
  const order = tensor([1, 1, 1, -1]);
  const costs = loss(a.sub(b), order).toArray();
  expect(costs).toEqual([0, 0.5, 3, 1]);
  expect(loss(a.add(8).sub(b.add(8)), order).toArray()).toEqual(costs);
  expect(loss(b.sub(a), order.neg()).toArray()).toEqual(costs);
});

test("at the margin 1 it is the hinge loss of the difference", () => {
  const difference = tensor(first).sub(tensor(second));
  const order = [1, -1, 1, -1];
  expect(marginRanking()(difference, order).item()).toBe(hinge()(difference, order).item());
});

test("both scores of a pair are moved apart, by as much", () => {
  const order = [1, 1, -1, 1];
  const total = marginRanking({ reduction: "sum" });
  const byFirst = grad((a: Tensor) => total(a.sub(tensor(second)), order))(tensor(first));
  const bySecond = grad((b: Tensor) => total(tensor(first).sub(b), order))(tensor(second));
  expect(byFirst.toArray()).toEqual([-0, -1, 0, -1]);
  expect(bySecond.toArray()).toEqual(byFirst.neg().toArray());
});

test("with a margin of 0 equal scores cost nothing and pull at nothing; a margin below 0 is refused", () => {
  const loss = marginRanking({ margin: 0 });
  expect(loss([0, 0], [1, -1]).item()).toBe(0);
  expect(grad((d: Tensor) => loss(d, [1, -1]))(tensor([0, 0])).toArray()).toEqual([-0, 0]);
  expect(() => marginRanking({ margin: -1 })).toThrow("margin must be zero or a positive number");
});

test("it learns an order from pairs", () => {
  const [better, worse] = [
    [0, 1, 0],
    [1, 2, 2],
  ];
  const pairs = (scores: Tensor) =>
    marginRanking()(scores.gather(better).sub(scores.gather(worse)), [1, 1, 1]);
  const slope = grad(pairs);
  let scores = tensor([0, 0, 0]);
  for (let step = 0; step < 40; step++) scores = scores.sub(slope(scores).mul(0.2));
  const [top, middle, last] = scores.toArray() as number[];
  expect(top).toBeGreaterThan(middle!);
  expect(middle).toBeGreaterThan(last!);
});
