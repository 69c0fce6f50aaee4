import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as downhill from "../../src/index.ts";
import {
  grad,
  models,
  type Optimizer,
  type Tensor,
  tensor,
  train,
  trainingSteps,
} from "../../src/index.ts";

interface Layer {
  readonly weight: number[][];
  readonly bias: number[];
}

interface Row {
  readonly model: "linear" | "logistic" | "softmax" | "mlp";
  readonly options: { readonly outputs?: number };
  readonly loss: "mse" | "bceWithLogits" | "sparseCategoricalCrossEntropy";
  readonly optimizer: string;
  readonly settings: object;
  readonly start: readonly Layer[];
  readonly prediction: number[][];
  readonly gradient: readonly Layer[];
  readonly losses: readonly number[];
  readonly end: readonly Layer[];
}

const golden = JSON.parse(readFileSync("test/fixtures/models.json", "utf8")) as {
  readonly samples: number[][];
  readonly numbers: number[];
  readonly bits: number[];
  readonly classes: number[];
  readonly models: readonly Row[];
};
const targets = {
  mse: golden.numbers,
  bceWithLogits: golden.bits,
  sparseCategoricalCrossEntropy: golden.classes,
};

/** Sums in another order differ in the last place; 60 steps amplify that, but not beyond this share. */
const tolerance = 1e-12;

function same(ours: Iterable<number>, theirs: Iterable<number>): void {
  const [left, right] = [Array.from(ours), Array.from(theirs)];
  expect(left).toHaveLength(right.length);
  left.forEach((value, i) => {
    const scale = Math.max(1e-2, Math.abs(right[i]!));
    expect(Math.abs(value - right[i]!) / scale).toBeLessThan(tolerance);
  });
}

const numbersOf = (layers: readonly Layer[]) =>
  layers.flatMap(({ weight, bias }) => [...weight.flat(), ...bias]);

/** The first weights in the structure of our model, which has no axis where there is one output. */
function parametersOf({ model, start }: Row): unknown {
  const layers = start.map(({ weight, bias }) => ({ weight: tensor(weight), bias: tensor(bias) }));
  if (model === "mlp") return { layers };
  const [{ weight, bias }] = layers as [{ weight: Tensor; bias: Tensor }];
  return model === "softmax"
    ? { weight, bias }
    : { weight: weight.reshape([-1]), bias: bias.reshape([]) };
}

const loose = downhill as unknown as Record<string, (options?: object) => unknown>;

describe.each(golden.models.map((row) => [row.model, row.options, row] as const))(
  "%s %j",
  (_, options, row) => {
    const model = (models[row.model] as unknown as (options: object) => models.Model<Tensor>)(
      options,
    );
    const parameters = parametersOf(row) as Tensor;
    const loss = loose[row.loss]!() as (prediction: Tensor, target: unknown) => Tensor;
    const batch = 3;

    test("predicts what PyTorch predicts", () => {
      same(model(parameters, golden.samples).data, row.prediction.flat());
    });

    test("has the gradient that PyTorch has", () => {
      const cost = (p: Tensor) =>
        loss(model(p, golden.samples.slice(0, batch)), targets[row.loss].slice(0, batch));
      const ours = downhill.flatten(grad(cost)(parameters)).values;
      same(ours, numbersOf(row.gradient));
    });

    test("trains along the steps that PyTorch makes", () => {
      const optimizer = loose[row.optimizer]!(row.settings) as Optimizer;
      const how = { loss, parameters, optimizer, batchSize: batch, shuffle: false, epochs: 20 };
      const data = { x: golden.samples, y: targets[row.loss] };
      same(
        Array.from(trainingSteps(model, data, how), (step) => step.loss),
        row.losses,
      );
      same(train(model, data, how).state.parameters, numbersOf(row.end));
    });
  },
);
