import { expect, test } from "vitest";
import {
  models,
  movingAverage,
  mse,
  stochasticWeightAverage,
  train,
  trainingSteps,
} from "../../src/index.ts";
import { line, origin, points } from "./subjects.ts";

const options = { parameters: origin, learningRate: 0.05, batchSize: 2, epochs: 6 };
const path = (every: "step" | "epoch") =>
  Array.from(trainingSteps(line, points, options), (now) => ({
    w: now.parameters().w,
    counts: every === "step" || now.epochEnded,
  }))
    .filter(({ counts }) => counts)
    .map(({ w }) => w);

test("a moving average begins with the first step and follows every one", () => {
  const run = train(line, points, { ...options, average: movingAverage({ decay: 0.8 }) });
  const expected = path("step").reduce((mean, w) => 0.8 * mean + 0.2 * w);
  expect(run.averaged?.w).toBeCloseTo(expected, 13);
  expect(run.averaged?.w).not.toBe(run.parameters.w);
});

test("stochastic weight averaging is the plain mean of the last epochs", () => {
  const run = train(line, points, { ...options, average: stochasticWeightAverage({ from: 3 }) });
  const last = path("epoch").slice(3);
  expect(last).toHaveLength(3);
  expect(run.averaged?.w).toBeCloseTo(
    last.reduce((sum, w) => sum + w / 3, 0),
    13,
  );
});

test("an average that has not begun is not there", () => {
  const run = train(line, points, { ...options, average: stochasticWeightAverage({ from: 6 }) });
  expect(run.averaged).toBeUndefined();
});

test("settings that are none are refused", () => {
  expect(() => movingAverage({ decay: 1 })).toThrow("decay must be at least 0 and below 1");
  expect(() => stochasticWeightAverage({ from: -1 })).toThrow("from must be a whole number");
});

test("parameters of 32 bits stay in them", () => {
  const model = models.mlp({ layers: [1, 4, 1], dtype: "float32" });
  const x = new Float32Array([1, 2, 3, 4]);
  const run = train(model, { x, y: new Float32Array([2, 4, 6, 8]) }, { loss: mse(), epochs: 5 });
  expect(run.parameters.layers[0]!.weight.dtype).toBe("float32");
  expect(run.state.parameters).toEqual(run.state.parameters.map(Math.fround));
});
