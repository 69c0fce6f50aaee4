import { expect, test } from "vitest";
import {
  adam,
  bceWithLogits,
  datasets,
  findLearningRate,
  models,
  plot,
  stableRate,
  type Tensor,
} from "../../src/index.ts";
import { line, origin, points } from "./subjects.ts";

test("finds a rate on the text's four points that is stable, though the loss lags behind", () => {
  const bound = stableRate(16.7006);
  const found = findLearningRate(line, points, { parameters: origin });
  expect(found.atMinimum).toBeGreaterThan(bound);
  expect(found.blowUp).toBeGreaterThan(found.atMinimum);
  expect(found.suggestion).toBeLessThan(bound);
  expect(found.suggestion).toBeGreaterThan(bound / 10);
});

test("gives what plot.sweep draws", () => {
  const { rate, loss } = findLearningRate(line, points, { parameters: origin });
  expect(loss[0]).toBe(30);
  expect(rate).toHaveLength(loss.length);
  expect(plot.sweep({ finder: { rate, loss } }, { bound: 0.1198 }).alt).toContain(
    "finder: best loss",
  );
});

test("tries every rate where none is too high", () => {
  const found = findLearningRate(line, points, { parameters: origin, to: 1e-3, steps: 20 });
  expect(found.rate).toHaveLength(20);
  expect(found.blowUp).toBeUndefined();
});

test("searches for a model, in batches, with any optimizer, always the same for the same seed", () => {
  const data = datasets.moons({ samples: 60 });
  const model = models.mlp({ layers: [2, 8, 1], activation: "tanh" });
  const search = (seed: number) =>
    findLearningRate(model, data, { loss: bceWithLogits(), optimizer: adam, batchSize: 16, seed });
  expect(search(3)).toEqual(search(3));
  expect(search(3).loss).not.toEqual(search(4).loss);
  expect(search(3).suggestion).toBeGreaterThan(1e-4);
});

test("refuses a range that is none", () => {
  expect(() => findLearningRate(line, points, { parameters: origin, from: 0 })).toThrow(
    "from must be a positive number",
  );
});

test("goes on where losses are negative", () => {
  const loss = (p: { x: Tensor }) => p.x.sub(1).square().sub(5);
  const found = findLearningRate(loss, undefined, { parameters: { x: 0 }, from: 1e-3, to: 10 });
  expect(found.rate.length).toBeGreaterThan(50);
  expect(found.blowUp).toBeGreaterThan(1);
});

test("is shown by what it found, and not by all rates it tried", () => {
  const found = findLearningRate(line, points, { parameters: origin });
  const show = Reflect.get(found, Symbol.for("Jupyter.display")) as () => Record<string, string>;
  expect(show()["text/plain"]).toMatch(
    /^The loss is lowest, [\d.e-]+, at a rate of 0\.\d+; it blows up at 0\.\d+\. Try 0\.0\d+\.$/,
  );
  const tame = findLearningRate(line, points, { parameters: origin, to: 1e-3, steps: 20 });
  const said = Reflect.get(tame, Symbol.for("Jupyter.display")) as () => Record<string, string>;
  expect(said()["text/plain"]).toContain("it does not blow up before 0.000");
});
