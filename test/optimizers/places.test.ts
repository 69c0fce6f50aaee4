import { describe, expect, test } from "vitest";
import {
  adafactor,
  asgd,
  bceWithLogits,
  datasets,
  ftrl,
  lamb,
  models,
  type TrainingState,
  train,
} from "../../src/index.ts";
import { lengthOf, placesOf } from "../../src/optimizers/places.ts";

test("places tell where a parameter begins and how many numbers it has", () => {
  const parts = [
    { start: 0, shape: [2, 3] },
    { start: 6, shape: [] },
    { start: 7, shape: [4] },
  ];
  expect(placesOf(parts)).toEqual([
    [0, 6],
    [6, 1],
    [7, 4],
  ]);
  expect(lengthOf([9, 3, 4, 9], 1, 2)).toBe(5);
});

describe("a network", () => {
  const model = models.mlp({ layers: [2, 8, 1], activation: "tanh" });
  const data = datasets.moons({ samples: 80 });
  const options = { loss: bceWithLogits(), batchSize: 16, epochs: 12 };
  const places = [
    [0, 16],
    [16, 8],
    [24, 8],
    [32, 1],
  ];

  test.each([
    ["lamb", lamb, 0.05],
    ["adafactor", adafactor, 0.3],
    ["asgd", asgd, 0.5],
    ["ftrl", ftrl, 1],
  ] as const)(
    "learns by %s, and is resumed as if it had never stopped",
    (name, optimizer, rate) => {
      const run = { ...options, optimizer, learningRate: rate };
      const whole = train(model, data, run);
      expect(whole.history.train.at(-1)).toBeLessThan(whole.history.train[0]!);
      const held = whole.state.optimizer as ReturnType<ReturnType<typeof lamb>["start"]>;
      if (name === "lamb" || name === "adafactor") expect(held.parts.places).toEqual(places);
      const part = train(model, data, { ...run, steps: 17 });
      const resume = JSON.parse(JSON.stringify(part.state)) as TrainingState;
      expect(train(model, data, { ...run, resume }).state).toEqual(whole.state);
    },
  );
});
