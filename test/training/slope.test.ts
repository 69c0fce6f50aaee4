import { describe, expect, test } from "vitest";
import {
  type AnyLoss,
  adam,
  bce,
  bceWithLogits,
  clipByGlobalNorm,
  compile,
  datasets,
  heavyBall,
  hinge,
  huber,
  models,
  mse,
  multiclassHinge,
  poissonNll,
  random,
  sgd,
  sparseCategoricalCrossEntropy,
  type Tensor,
  type TensorsOf,
  type TrainingState,
  tensor,
  train,
  trainingSteps,
} from "../../src/index.ts";
import type { Model } from "../../src/models/index.ts";

const table = datasets.moons({ samples: 50, seed: 3 });
const [x, bits] = [tensor(table.x), tensor(table.y)];
const signs = bits.mul(2).sub(1);

/** A model whose parameters go by one tensor: their structure is its own business. */
const plain = <P>(model: Model<P>) => model as unknown as Model<Tensor>;

/** A run of a model with a loss, which is compiled, and the same as a cost of one's own, which is not. */
function both(model: Model<Tensor>, loss: AnyLoss, y: Tensor, options: object) {
  const parameters = model.start(4);
  const cost = (p: Tensor, x: Tensor, y: Tensor) => loss(model(p, x), y);
  const data = { x, y };
  const told = (steps: Iterable<{ loss: number; gradientNorm: number }>) =>
    Array.from(steps, ({ loss, gradientNorm }) => [loss, gradientNorm]);
  return {
    compiled: train(model, data, { loss, parameters, ...options }),
    plain: train(cost, data, { parameters, ...options }),
    steps: told(trainingSteps(model, data, { loss, parameters, ...options })),
    plainSteps: told(trainingSteps(cost, data, { parameters, ...options })),
  };
}

const tanh = { layers: [2, 5, 5, 1], activation: "tanh" } as const;
const subjects: Record<string, [Model<Tensor>, AnyLoss, Tensor]> = {
  "a line by its squares": [plain(models.linear({ inputs: 2 })), mse(), bits],
  "a line by Huber": [plain(models.linear({ inputs: 2 })), huber(), bits],
  "logistic regression": [plain(models.logistic({ inputs: 2 })), bceWithLogits(), bits],
  margins: [plain(models.linear({ inputs: 2 })), hinge(), signs],
  counts: [plain(models.linear({ inputs: 2 })), poissonNll(), bits],
  classes: [
    plain(models.softmax({ inputs: 2, classes: 2 })),
    sparseCategoricalCrossEntropy(),
    bits,
  ],
  "weighed and smoothed classes": [
    plain(models.softmax({ inputs: 2, classes: 3, dtype: "float32" })),
    sparseCategoricalCrossEntropy({ classWeights: [1, 2, 3], labelSmoothing: 0.1 }),
    bits,
  ],
  "leads of classes": [plain(models.softmax({ inputs: 2, classes: 2 })), multiclassHinge(), bits],
  "a network": [plain(models.mlp(tanh)), bceWithLogits(), bits],
  "a residual network": [plain(models.mlp({ ...tanh, residual: true })), mse(), bits],
  "a network of 32-bit numbers": [
    plain(models.mlp({ ...tanh, dtype: "float32" })),
    bceWithLogits(),
    bits,
  ],
};

const ways = {
  "all samples at once, by adam": { optimizer: adam, learningRate: 0.05, epochs: 8 },
  "batches whose last is shorter, by momentum": {
    optimizer: heavyBall,
    learningRate: 0.01,
    batchSize: 8,
    epochs: 3,
    validation: { x: x.slice(0, 9), y: bits.slice(0, 9) },
  },
  "single samples, clipped and drawn to 0": {
    optimizer: sgd({ learningRate: 0.02, momentum: 0.5 }),
    batchSize: 1,
    epochs: 2,
    clip: clipByGlobalNorm(0.5),
    penalty: { l1: 0.01, l2: 0.1 },
  },
  "accumulated batches": { batchSize: 7, accumulate: 3, epochs: 3 },
};

describe.each(Object.entries(subjects))("compiled steps of %s", (name, [model, loss, y]) => {
  test.each(Object.entries(ways))(
    "make the numbers of plain ones to the last bit: %s",
    (_, way) => {
      const options = name === "margins" ? { ...way, validation: undefined } : way;
      const { compiled, plain, steps, plainSteps } = both(model, loss, y, options);
      expect(steps).toEqual(plainSteps);
      expect(compiled.state).toEqual(plain.state);
      expect(compiled.history).toEqual(plain.history);
      expect([compiled.loss, compiled.reason]).toEqual([plain.loss, plain.reason]);
      expect(compiled.obstacle).toBeUndefined();
      expect(plain.obstacle).toMatch(/cost of your own/);
    },
  );
});

test("compiled steps leave out the rows of an ignored class, whichever these are in a batch", () => {
  const loss = sparseCategoricalCrossEntropy({ ignoreIndex: -1, classWeights: [1, 3] });
  const y = tensor(bits.data.map((bit, i) => (i % 3 === 0 ? -1 : bit)));
  const model = plain(models.softmax({ inputs: 2, classes: 2 }));
  const way = { optimizer: adam, batchSize: 10, epochs: 3 };
  const { compiled, plain: uncompiled } = both(model, loss, y, way);
  expect(compiled.obstacle).toBeUndefined();
  expect(compiled.state).toEqual(uncompiled.state);
});

test("a compiled run that is resumed goes on as if it had never stopped", () => {
  const model = models.mlp(tanh);
  const options = { loss: bceWithLogits(), optimizer: adam, batchSize: 8, epochs: 4 };
  const whole = train(model, { x, y: bits }, options);
  for (const steps of [1, 7, 14]) {
    const part = train(model, { x, y: bits }, { ...options, steps });
    const resume = JSON.parse(JSON.stringify(part.state)) as TrainingState;
    expect(train(model, { x, y: bits }, { ...options, resume }).state).toEqual(whole.state);
  }
});

test("parameters that a callback keeps stay what they were", () => {
  const kept: { weight: Tensor }[] = [];
  train(
    models.linear({ inputs: 2 }),
    { x, y: bits },
    { loss: mse(), epochs: 3, onStep: ({ parameters }) => kept.push(parameters()) },
  );
  const lengths = kept.map(({ weight }) => weight.square().sum().item());
  expect(new Set(lengths).size).toBe(3);
});

describe("what compiled steps no longer look at", () => {
  const late = bits.data.slice();
  late[49] = 2;

  test("a target outside of its set is refused before the first step, in whatever batch it is", () => {
    const steps = trainingSteps(
      models.logistic({ inputs: 2 }),
      { x, y: tensor(late) },
      { loss: bceWithLogits(), batchSize: 5, shuffle: false },
    );
    expect(() => steps.next()).toThrow(/needs targets from 0 to 1, but target\[49\] is 2/);
  });

  test("what makes a loss NaN is named as by plain steps", () => {
    const model = models.linear({ inputs: 2 });
    const options = { learningRate: 1e308, parameters: model.start(), epochs: 5 };
    const data = { x: x.mul(1e3), y: bits };
    const message = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as Error).message;
      }
      return "nothing";
    };
    const plain = message(() =>
      train(
        (p: TensorsOf<typeof options.parameters>, x, y) => mse()(model(p, x), y),
        data,
        options,
      ),
    );
    expect(plain).toMatch(/is NaN, since prediction\[\d+\] is/);
    expect(message(() => train(model, data, { ...options, loss: mse() }))).toBe(plain);
  });
});

describe("steps are not compiled", () => {
  const obstacle = (options: object, model = plain(models.linear({ inputs: 2 }))) =>
    train(model, { x, y: bits }, { loss: mse(), epochs: 2, ...options }).obstacle;

  test("where dropout draws anew in each", () => {
    expect(obstacle({}, plain(models.mlp({ ...tanh, dropout: 0.5 })))).toMatch(
      /dropout leaves out/,
    );
  });

  test("of functions of one's own, which may do more than compute, unless one says that they do not", () => {
    let calls = 0;
    const own = (p: Tensor, y: Tensor) => {
      calls++;
      return p.sub(y).square().mean();
    };
    expect(obstacle({ loss: own })).toMatch(/loss: compile\(loss\)/);
    const plain = calls;
    expect(obstacle({ loss: compile(own), epochs: 20 })).toBeUndefined();
    // Once to be watched, and once for the loss at the end.
    expect([plain, calls - plain]).toEqual([3, 2]);
    const cost = compile((p: Tensor) => p.square().sum());
    expect(train(cost, undefined, { parameters: random(1).normal([3]) }).obstacle).toBeUndefined();
  });

  test("where a loss refuses predictions, and it goes on doing so", () => {
    const shares = models.defineModel(
      {
        name: "Shares",
        inputs: 2,
        settings: {},
        formula: [],
        source: "",
        start: () => ({ w: tensor([0.1, 0.1]), b: tensor(0.5) }),
      },
      (p, x) => x.matmul(p.w).add(p.b),
    );
    const data = { x, y: bits };
    const run = train(shares, data, { loss: bce(), epochs: 1, learningRate: 1e-9 });
    expect(run.obstacle).toMatch(/looks at every prediction, to refuse what is no probability/);
    expect(() => train(shares, data, { loss: bce(), epochs: 9, learningRate: 5 })).toThrow(
      /needs probabilities from 0 to 1/,
    );
  });
});
