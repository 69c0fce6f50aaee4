import { expect, test } from "vitest";
import { grad, mape, models, preflight, type Tensor, tensor, train } from "../../src/index.ts";

const slopes = (target: number[]) =>
  grad((p: Tensor) => mape({ reduction: "sum" })(p, target))(tensor(target.map((y) => y + 1)));

test("the same residual costs the more the smaller its target is, and pulls the more", () => {
  const each = mape({ reduction: "none" });
  expect(each([101, 11, 2, 0], [100, 10, 1, -1]).toArray()).toEqual([1, 10, 100, 100]);
  expect(slopes([100, 10, 1, -1]).toArray()).toEqual([1, 10, 100, 100]);
});

test("a target of 0 is divided by 1e-7, and a weight of 0 leaves it out", () => {
  expect(mape()([1], [0]).item()).toBeCloseTo(1e9, 5);
  expect(slopes([0]).item()).toBeCloseTo(1e9, 5);
  expect(mape()([1, 11], [0, 10], [0, 1]).item()).toBe(10);
});

test("at the kink the engine takes 0, also where prediction and target are 0", () => {
  const total = (p: Tensor) => mape()(p, [0, 5]);
  expect(grad(total)(tensor([0, 5])).toArray()).toEqual([0, 0]);
  expect(mape().gradient(0)).toBe(0);
});

test("its training steps are compiled", () => {
  const line = { x: [[1], [2], [3]], y: [2, 4, 6] };
  const run = train(models.linear({ inputs: 1 }), line, { loss: mape(), epochs: 2 });
  expect(run.obstacle).toBeUndefined();
});

test("preflight says that labels are no amounts", () => {
  const data = { x: [[1], [2], [3], [4]], y: [0, 1, 0, 1] };
  const report = preflight({ model: models.linear({ inputs: 1 }), data, loss: mape() });
  const item = report.items.find(({ name }) => name === "loss and task");
  expect(item).toMatchObject({ verdict: "look" });
});
