import { expect, test } from "vitest";
import { convexity, grad, models, msle, preflight, type Tensor, tensor } from "../../src/index.ts";

const slopes = (prediction: number[], target: number[]) =>
  grad((p: Tensor) => msle({ reduction: "sum" })(p, target))(tensor(prediction)).toArray();

test("half of a large amount costs what twice of it does, and as much too little more than too much", () => {
  const each = msle({ reduction: "none" });
  const [half, twice, low, high] = each([5e8, 2e9, 5, 15], [1e9, 1e9, 10, 10]).data;
  expect(half).toBeCloseTo(twice!, 8);
  expect(half).toBeCloseTo(Math.LN2 ** 2, 8);
  expect(low).toBeGreaterThan(2 * high!);
});

test("nothing is an amount: its loss and slope are numbers", () => {
  expect(msle({ reduction: "none" })([0, 0], [0, 1]).toArray()).toEqual([0, Math.LN2 ** 2]);
  expect(slopes([0, 0], [0, 1])).toEqual([0, -2 * Math.LN2]);
});

test("its slope by a target is minus that by a prediction, each by what 1 more amounts to", () => {
  const byTarget = grad((y: Tensor) => msle({ reduction: "sum" })([3, 8], y))(tensor([4, 2]));
  const [first, second] = slopes([3, 8], [4, 2]) as number[];
  expect(byTarget.toArray()).toEqual([
    expect.closeTo((-first! * 4) / 5, 14),
    expect.closeTo((-second! * 9) / 3, 14),
  ]);
});

test("far above its target it is not convex, and two points show it", () => {
  expect(convexity(msle(), { parameters: { y: 1 } }).verdict).toBe("not convex");
  const near = { parameters: { y: 1 }, domain: { a: [0, 4] as const } };
  expect(convexity(msle(), near).verdict).toBe("convex");
});

test("preflight names the amount below 0 that a model predicts, and what to do", () => {
  const model = models.linear({ inputs: 1 });
  const data = { x: [[1], [2], [3], [4]], y: [1, 2, 3, 4] };
  const parameters = { weight: tensor([-1]), bias: tensor(0) };
  const report = preflight({ model, data, loss: msle(), parameters });
  const item = report.items.find(({ name }) => name === "loss and task");
  expect(item).toMatchObject({ verdict: "failed", remedy: expect.stringContaining("softplus") });
});
