import { describe, expect, test } from "vitest";
import { grad, gradCheck, models, mse, random, type Tensor, tensor } from "../../src/index.ts";

const noise = random(2).normal([200, 64]);
const spread = (x: Tensor) => Math.sqrt(x.square().mean().item());
const ofX = (x: number) => {
  const model = models.linear({ inputs: 1 });
  return model({ weight: tensor([1]), bias: tensor(0) }, [x]);
};

test("weights drawn for the activation keep the signal through thirty layers, others do not", () => {
  const layers = [64, ...new Array<number>(30).fill(64), 1];
  const last = (options: object) => {
    const model = models.mlp({ layers, ...options });
    return spread(model.hidden(model.start(4), noise).at(-1)!);
  };
  expect(last({ activation: "relu" })).toBeGreaterThan(0.1);
  expect(last({ activation: "relu" })).toBeLessThan(10);
  expect(last({ activation: "relu", init: "xavier" })).toBeLessThan(1e-3);
  expect(last({ activation: "relu", gain: 2 })).toBeGreaterThan(1e6);
});

test.each([
  ["he", Math.sqrt(2 / 100)],
  ["xavier", Math.sqrt(2 / 150)],
  ["lecun", Math.sqrt(1 / 100)],
  ["torch", 0.1 / Math.sqrt(3)],
  ["zeros", 0],
] as const)("%s weights have the deviation of their formula", (init, deviation) => {
  const { layers } = models.mlp({ layers: [100, 50], init }).start(3);
  // 5000 draws: their deviation is known to about 1 %.
  expect(Math.abs(spread(layers[0]!.weight) - deviation)).toBeLessThanOrEqual(0.04 * deviation);
});

test("a gain multiplies the weights, and float32 is kept", () => {
  const plain = models.mlp({ layers: [3, 2] }).start().layers[0]!.weight;
  const doubled = models.mlp({ layers: [3, 2], gain: 2 }).start().layers[0]!.weight;
  expect(doubled.toArray()).toEqual(plain.mul(2).toArray());
  const single = models.mlp({ layers: [3, 2], dtype: "float32" }).start().layers[0]!;
  expect([single.weight.dtype, single.bias.dtype]).toEqual(["float32", "float32"]);
});

describe("dropout", () => {
  const model = models.mlp({ layers: [64, 500, 1], dropout: 0.3 });
  const parameters = model.start(6);

  test("leaves out nothing without a seed", () => {
    const without = models.mlp({ layers: [64, 500, 1] });
    expect(model(parameters, noise).toArray()).toEqual(without(parameters, noise).toArray());
  });

  test("draws the same units for the same seed, and others for another", () => {
    const drawn = (seed: number) => model(parameters, noise, { seed }).toArray();
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  test("keeps what it promises, and the sum on average", () => {
    const ones = { weight: tensor(new Float64Array(64), { shape: [64, 1] }), bias: tensor([1]) };
    const wide = models.mlp({ layers: [64, 1, 1], dropout: 0.3, activation: "identity" });
    const through = { layers: [ones, { weight: tensor([[1]]), bias: tensor([0]) }] };
    const all = Array.from({ length: 50 }, (_, seed) =>
      Array.from(wide(through, noise, { seed }).data),
    ).flat();
    expect(new Set(all)).toEqual(new Set([0, 1 / 0.7]));
    // 10000 draws of deviation 0.65: their mean is known to 0.0065.
    expect(all.reduce((sum, each) => sum + each / all.length, 0)).toBeCloseTo(1, 1);
  });

  test.each([1, -0.1, Number.NaN])("of %d is refused", (dropout) => {
    expect(() => models.mlp({ layers: [2, 1], dropout })).toThrow("dropout must be");
  });
});

test("residual layers pass on what entered them, where it fits", () => {
  const model = models.mlp({ layers: [2, 3, 3, 1], residual: true, init: "zeros" });
  const parameters = model.start();
  const lifted = {
    layers: [{ ...parameters.layers[0]!, bias: tensor([1, 2, 3]) }, ...parameters.layers.slice(1)],
  };
  expect(model.hidden(lifted, [[7, 8]]).map((each) => each.toArray())).toEqual([
    [[1, 2, 3]],
    [[1, 2, 3]],
  ]);
});

describe.each(Object.entries(models.activations))("%s", (name, { value }) => {
  test("has the gradient that differences measure", () => {
    const at = [-3, -1, -0.2, 0.3, 0.9, 4];
    const f = (x: Tensor) => value(x).mul([1, 2, 3, 4, 5, 6]).sum();
    expect(gradCheck(f as never, grad(f) as never, tensor(at)).verdict).toBe("right");
  });

  test("is finite, and has a finite gradient, far out", () => {
    const far = tensor([-1000, -50, 50, 1000]);
    expect(value(far).toArray()).toSatisfy((all: number[]) => all.every(Number.isFinite));
    const slopes = grad((x: Tensor) => value(x).sum())(far).toArray();
    expect(slopes).toSatisfy((all: number[]) => all.every(Number.isFinite));
  });

  test("can be asked for by its name", () => {
    const model = models.mlp({ layers: [1, 1, 1], activation: name as models.ActivationName });
    const layers = [
      { weight: tensor([[1]]), bias: tensor([0]) },
      { weight: tensor([[1]]), bias: tensor([0]) },
    ];
    expect(model({ layers }, [0.7]).item()).toBe(value(tensor([0.7])).item());
  });
});

test("an activation of one's own is taken", () => {
  const model = models.mlp({ layers: [1, 1, 1], activation: (x) => x.square(), init: "zeros" });
  expect(model.hidden(model.start(), [3])[0]!.toArray()).toEqual([[0]]);
});

test.each([
  [{ layers: [2] }, "layers must tell the features and the outputs"],
  [{ layers: [2, 0, 1] }, "layers[1] must be a whole number of at least 1"],
  [{ layers: [2, 1], activation: "rellu" }, 'There is no activation "rellu"'],
  [{ layers: [2, 1], init: "random" }, 'init must be "he", "xavier"'],
  [{ layers: [2, 1], gain: -1 }, "gain must be zero or a positive number"],
])("%j is refused", (options, words) => {
  expect(() => models.mlp(options as models.MlpOptions)).toThrow(words);
});

test("softmax regression needs two classes, and every model its features", () => {
  expect(() => models.softmax({ inputs: 2, classes: 1 })).toThrow(
    "classes must be a whole number of at least 2",
  );
  expect(() => models.linear({ inputs: 0 })).toThrow("inputs must be a whole number of at least 1");
});

test("a prediction [samples] meets targets [samples] one by one", () => {
  expect(mse()(ofX(3), [5]).item()).toBe(4);
});

test("is shown by its formula and settings", () => {
  const shown = (
    models.linear({ inputs: 3 }) as unknown as Record<symbol, () => Record<string, string>>
  )[Symbol.for("Jupyter.display")]!();
  expect(shown["text/plain"]).toContain("Linear regression {inputs:3");
  expect(shown["text/markdown"]).toContain("\\hat y = X w + b");
});
