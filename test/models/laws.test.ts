import { describe, expect, test } from "vitest";
import {
  bceWithLogits,
  datasets,
  flatten,
  grad,
  gradCheck,
  models,
  mse,
  ShapeError,
  sparseCategoricalCrossEntropy,
  type Tensor,
  train,
} from "../../src/index.ts";

interface Subject {
  readonly model: models.Model<Tensor>;
  readonly loss: (prediction: Tensor, target: Tensor) => Tensor;
  readonly shape: readonly number[];
}

/** Every law below holds for whatever structure the parameters have; here it goes by one tensor. */
const subject = (
  model: unknown,
  loss: Subject["loss"],
  shape: readonly number[] = [],
): Subject => ({ model: model as models.Model<Tensor>, loss, shape });

/** Every law below holds for every model in this list. A new one joins by being listed. */
const every: Record<string, Subject> = {
  linear: subject(models.linear({ inputs: 2, init: "he" }), mse()),
  "linear with an axis": subject(
    models.linear({ inputs: 2, outputs: 1, init: "torch" }),
    column,
    [1],
  ),
  logistic: subject(models.logistic({ inputs: 2, init: "lecun" }), bceWithLogits()),
  softmax: subject(
    models.softmax({ inputs: 2, classes: 3, init: "xavier" }),
    sparseCategoricalCrossEntropy(),
    [3],
  ),
  mlp: subject(models.mlp({ layers: [2, 5, 1] }), bceWithLogits()),
  "deep mlp": subject(
    models.mlp({ layers: [2, 4, 4, 4, 2], activation: "tanh", residual: true, dropout: 0.2 }),
    sparseCategoricalCrossEntropy(),
    [2],
  ),
};

function column(prediction: Tensor, target: Tensor): Tensor {
  return mse()(prediction, target.reshape([-1, 1]));
}

const { x, y } = datasets.moons({ samples: 12, seed: 2 });

describe.each(Object.entries(every))("%s", (_, { model, loss, shape }) => {
  test("begins with the same numbers for the same seed", () => {
    const numbers = (seed?: number) => Array.from(flatten(model.start(seed)).values);
    expect(numbers(3)).toEqual(numbers(3));
    expect(numbers(3)).not.toEqual(numbers(4));
    expect(numbers()).toEqual(numbers(1));
  });

  test("predicts one row for each sample, each by itself", () => {
    const parameters = model.start();
    const all = model(parameters, x);
    expect(all.shape).toEqual([12, ...shape]);
    const alone = model(parameters, x.gather([5]));
    const third = all.gather([5]);
    alone.data.forEach((value, i) => {
      expect(value).toBeCloseTo(third.data[i]!, 14);
    });
  });

  test("has the gradient that differences measure", () => {
    const cost = (p: Tensor) => loss(model(p, x), y);
    expect(gradCheck(cost, grad(cost), model.start(5)).verdict).toBe("right");
  });

  test("learns", () => {
    const run = train(model, { x, y }, { loss, learningRate: 0.1, epochs: 50 });
    expect(run.history.train.at(-1)).toBeLessThan(run.history.train[0]!);
  });

  test("refuses other features", () => {
    expect(() => model(model.start(), [[1, 2, 3]])).toThrow(ShapeError);
    expect(() => model(model.start(), [1, 2])).toThrow("x.reshape([1, 2])");
  });
});
