import {
  adam,
  bceWithLogits,
  type DType,
  models,
  random,
  sparseCategoricalCrossEntropy,
  tensor,
  train,
  trainingSteps,
} from "../../src/index.ts";
import { logisticData, moons } from "./data.ts";
import { measure } from "./measure.ts";

/** The workloads b, c and d as a user writes them: `train` with a model, a loss and Adam of the library. */

const kinds: readonly (readonly [string, DType])[] = [
  ["f64", "float64"],
  ["f32", "float32"],
];
const by = "downhill";

/** Logistic regression on 10 000 rows of 20, 100 steps of Adam with all of the data. */
export function b(): void {
  for (const [kind, dtype] of kinds) {
    const data = logisticData(dtype);
    const model = models.logistic({ inputs: 20, dtype });
    const options = { loss: bceWithLogits(), optimizer: adam, learningRate: 0.01, epochs: 100 };
    measure(`b ${kind} train`, by, () => train(model, data, options));
  }
}

/** A network 2-64-64-1 on two moons, 20 epochs of 31 batches of 32. */
export function c(): void {
  for (const [kind, dtype] of kinds) {
    const { points, labels } = moons(dtype);
    const data = { x: points.slice(0, 992), y: labels.slice(0, 992).reshape([992]) };
    const model = models.mlp({ layers: [2, 64, 64, 1], activation: "tanh", dtype });
    const how = { optimizer: adam, learningRate: 1e-3, batchSize: 32, epochs: 20 };
    measure(`c ${kind} train`, by, () => train(model, data, { loss: bceWithLogits(), ...how }));
  }
}

/** A network 784-128-10 on batches of 64, ten steps. */
export function d(): void {
  for (const [kind, dtype] of kinds) {
    const x = tensor(random(9).normal([64, 784]), { dtype });
    const y = Array.from({ length: 64 }, (_, i) => (i * 7) % 10);
    const model = models.mlp({ layers: [784, 128, 10], dtype });
    const how = { optimizer: adam, learningRate: 1e-3, epochs: 1e6 };
    const loss = sparseCategoricalCrossEntropy();
    const steps = trainingSteps(model, { x, y }, { loss, ...how });
    measure(`d ${kind} train`, by, () => {
      for (let i = 0; i < 10; i++) steps.next();
    });
  }
}
