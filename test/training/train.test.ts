import { describe, expect, test } from "vitest";
import {
  adam,
  bce,
  clipByValue,
  cosineDecay,
  datasets,
  heavyBall,
  lbfgs,
  models,
  movingAverage,
  mse,
  nesterov,
  newton,
  random,
  reduceOnPlateau,
  sgd,
  stochasticWeightAverage,
  type Tensor,
  type TrainingState,
  tensor,
  train,
  trainingSteps,
  valueAndGrad,
} from "../../src/index.ts";
import { line, origin, points } from "./subjects.ts";

const table = datasets.clusters({ samples: 50, noise: 2, seed: 4 });
const cost = (p: { weight: Tensor; bias: Tensor }, x: Tensor, y: Tensor) =>
  mse()(x.matmul(p.weight).add(p.bias), y);
const start = { weight: [0.5, -0.3].map((each) => each), bias: 0.1 };
const begin = { weight: tensor(start.weight), bias: 0.1 };

test("makes the numbers of the text's listing, to the digits it prints", () => {
  const run = train(line, points, { parameters: origin, learningRate: 0.01, epochs: 1000 });
  expect(run.parameters.w).toBeCloseTo(1.98966, 5);
  expect(run.parameters.b).toBeCloseTo(0.0304, 5);
  const printed = [0, 100, 200, 900].map((epoch) => run.history.train[epoch]!.toFixed(4));
  expect(printed).toEqual(["30.0000", "0.0341", "0.0187", "0.0003"]);
  expect(run).toMatchObject({ outcome: "epochs made", epochs: 1000, steps: 1000 });
});

test("makes the steps of the loop that one writes by hand, to the last bit", () => {
  const [x, y] = [tensor([1, 2, 5]), tensor([2, 4, 7])];
  const slope = valueAndGrad((p: { w: Tensor; b: Tensor }) => line(p, x, y));
  let p: { w: number; b: number } = origin;
  const losses = Array.from({ length: 50 }, () => {
    const { value, gradient } = slope(p);
    p = { w: p.w - 0.03 * gradient.w, b: p.b - 0.03 * gradient.b };
    return value.item();
  });
  const run = train(line, { x, y }, { parameters: origin, learningRate: 0.03, epochs: 50 });
  expect(run.history.train).toEqual(losses);
  expect(run.parameters).toEqual(p);
});

test("gives parameters back in the structure they came in", () => {
  const parameters = { layers: [{ w: tensor([[1, 2]]) }], scale: 3 };
  const run = train((p) => p.layers[0]!.w.sum().mul(p.scale).square(), undefined, {
    parameters,
    epochs: 1,
    learningRate: 1e-9,
  });
  expect(run.parameters.layers[0]!.w.shape).toEqual([1, 2]);
  expect(run.parameters.scale).toBeTypeOf("number");
  expect(Object.keys(run.history.layers)).toEqual(["layers.0.w", "scale"]);
});

test("does not change what it was given", () => {
  const parameters = { weight: tensor([1, 2]), bias: 0 };
  const first = train(cost, table, { parameters, epochs: 3 });
  const saved = JSON.stringify(first.state);
  train(cost, table, { parameters, epochs: 6, resume: first.state });
  expect(parameters.weight.toArray()).toEqual([1, 2]);
  expect(JSON.stringify(first.state)).toBe(saved);
});

describe("batches", () => {
  const seen = (options: object) =>
    Array.from(trainingSteps(cost, table, { parameters: begin, epochs: 2, ...options }), (now) => [
      now.epoch,
      now.loss,
    ]);

  test("hold one sample, some, or all", () => {
    expect(seen({ batchSize: 1 })).toHaveLength(100);
    expect(seen({ batchSize: 20 })).toHaveLength(6);
    expect(seen({ batchSize: "all" })).toHaveLength(2);
    expect(seen({ batchSize: 1000 })).toEqual(seen({ batchSize: "all" }));
  });

  test("come in the same order for the same seed, and in another for another", () => {
    expect(seen({ batchSize: 7, seed: 3 })).toEqual(seen({ batchSize: 7, seed: 3 }));
    expect(seen({ batchSize: 7, seed: 3 })).not.toEqual(seen({ batchSize: 7, seed: 4 }));
  });

  test("come in the order of the rows unless shuffled", () => {
    const losses = seen({ batchSize: 1, shuffle: false, learningRate: 1e-300, epochs: 1 });
    const { x, y } = table;
    losses.forEach(([, loss], row) => {
      const alone = cost(
        { weight: begin.weight, bias: tensor(0.1) },
        x.gather([row]),
        y.gather([row]),
      );
      expect(loss).toBe(alone.item());
    });
  });

  test("hold every sample once in an epoch, so that a rate of nothing sees the mean of all", () => {
    const run = train(cost, table, { parameters: begin, batchSize: 7, learningRate: 1e-300 });
    expect(run.history.train[5]).toBeCloseTo(run.loss, 12);
  });

  test("that are accumulated make the step of one large batch", () => {
    const options = { parameters: begin, epochs: 3, shuffle: false };
    const small = train(cost, table, { ...options, batchSize: 10, accumulate: 3 });
    const large = train(cost, table, { ...options, batchSize: 30 });
    expect(small.steps).toBe(6);
    // Sums in another order differ by some units in the last place.
    for (const [i, theta] of small.state.parameters.entries())
      expect(theta).toBeCloseTo(large.state.parameters[i]!, 13);
  });
});

describe("a resumed run", () => {
  const [early, late] = [
    datasets.split(table, { test: 0.3 }).train,
    datasets.split(table, { test: 0.3 }).test,
  ];
  const plans = {
    "of adam, averaged": { optimizer: adam({ learningRate: 0.05 }), average: movingAverage() },
    "of nesterov that looks ahead": { optimizer: nesterov({ variant: "lookahead" }) },
    "with a schedule, SWA and clipping": {
      optimizer: sgd,
      learningRate: cosineDecay({ rate: 0.1, steps: 20 }),
      average: stochasticWeightAverage({ from: 1 }),
      clip: clipByValue(0.5),
    },
    "with plateaus, a penalty and early stopping": {
      optimizer: heavyBall,
      learningRate: reduceOnPlateau({ rate: 0.05, patience: 0 }),
      penalty: { l1: 0.01, l2: 0.1 },
      earlyStopping: { patience: 50 },
    },
  };

  test.each(Object.entries(plans))("%s goes on as if it had never stopped", (_, plan) => {
    const options = { parameters: begin, validation: late, batchSize: 8, epochs: 4, ...plan };
    const whole = train(cost, early, options);
    // 35 samples in batches of 8 are 5 steps an epoch: these lie at and between the epochs' ends.
    for (const steps of [1, 4, 5, 7, 10, 19]) {
      const part = train(cost, early, { ...options, steps });
      const resume = JSON.parse(JSON.stringify(part.state)) as TrainingState;
      expect(train(cost, early, { ...options, resume }).state).toEqual(whole.state);
    }
  });

  test("refuses the state of another model", () => {
    const { state } = train(line, points, { parameters: origin, epochs: 1 });
    expect(() => train(cost, early, { parameters: begin, resume: state })).toThrow(
      "resume holds 2 parameters, but there are 3",
    );
  });
});

describe("stopping", () => {
  const options = { parameters: origin, learningRate: 0.1, epochs: 100000 };
  const ended = (stop: object) => train(line, points, { ...options, stop });

  test("when the gradient is flat", () => {
    const run = ended({ gradientNorm: 1e-6 });
    expect(run.outcome).toBe("gradient flat");
    expect(run.history.gradientNorm.at(-1)).toBeLessThanOrEqual(1e-6);
    expect(run.history.gradientNorm.at(-2)).toBeGreaterThan(1e-6);
  });

  test("when the loss settles, be it far from any minimum", () => {
    const run = train(line, points, { ...options, learningRate: 1e-6, stop: { lossChange: 1e-2 } });
    expect(run.outcome).toBe("loss settled");
    expect([run.epochs, Math.round(run.loss)]).toEqual([2, 30]);
  });

  test("when the parameters settle", () => {
    const run = ended({ parameterChange: 1e-7 });
    expect(run.outcome).toBe("parameters settled");
    expect(run.history.parameterChange.at(-1)).toBeLessThanOrEqual(1e-7);
  });

  test("when the loss is low enough", () => {
    const run = ended({ loss: 0.01 });
    expect(run.outcome).toBe("target reached");
    expect(run.history.train.at(-1)).toBeLessThanOrEqual(0.01);
    expect(run.history.train.at(-2)).toBeGreaterThan(0.01);
  });

  test("after so many steps, also within an epoch", () => {
    const run = train(cost, table, { parameters: begin, batchSize: 20, steps: 4 });
    expect(run).toMatchObject({ outcome: "steps made", steps: 4, epochs: 1 });
    expect(run.state.batch).toBe(1);
  });

  test("when a callback says so", () => {
    const run = train(line, points, {
      ...options,
      onStep: ({ step }) => (step === 7 ? "stop" : undefined),
    });
    expect(run).toMatchObject({ outcome: "stopped by callback", steps: 7 });
  });

  test("judges a gradient by the whole epoch, not by its last sample", () => {
    const kept = (p: { w: Tensor }, x: Tensor, y: Tensor) => mse()(x.mul(p.w), y);
    // The last sample says nothing of w: its own gradient is always 0.
    const run = train(
      kept,
      { x: [1, 2, 0], y: [2, 4, 0] },
      {
        parameters: { w: 0 },
        batchSize: 1,
        shuffle: false,
        learningRate: 0.1,
        stop: { gradientNorm: 1e-3 },
      },
    );
    expect(run.epochs).toBeGreaterThan(2);
    expect(run.parameters.w).toBeCloseTo(2, 2);
  });
});

describe("early stopping", () => {
  // Fits noise: the validation loss falls, then rises again.
  const features = (samples: number, seed: number) => {
    const source = random(seed);
    const x = source.normal([samples, 12]);
    return {
      x,
      y: x
        .slice(0, 1, 1)
        .reshape([samples])
        .add(source.normal([samples])),
    };
  };
  const options = {
    parameters: { weight: tensor(new Float64Array(12)), bias: 0 },
    learningRate: 0.05,
    epochs: 400,
    validation: features(30, 2),
  };
  const [data, patience] = [features(14, 1), 5];

  test("ends the run so many epochs after the best, and brings its parameters back", () => {
    const run = train(cost, data, { ...options, earlyStopping: { patience } });
    const losses = run.history.validation!;
    const best = losses.indexOf(Math.min(...losses));
    expect(run.outcome).toBe("validation worsened");
    expect(run.epochs).toBe(best + patience + 1);
    const short = train(cost, data, { ...options, epochs: best + 1 });
    expect(run.parameters.weight.toArray()).toEqual(short.parameters.weight.toArray());
    expect(run.loss).toBe(short.loss);
  });

  test("leaves the last parameters where asked", () => {
    const run = train(cost, data, { ...options, earlyStopping: { patience, restore: false } });
    expect([...run.parameters.weight.data]).toEqual(run.state.parameters.slice(0, 12));
  });

  test("does not take less than minDelta for progress", () => {
    const greedy = train(cost, data, { ...options, earlyStopping: { patience, minDelta: 10 } });
    expect(greedy.epochs).toBe(1 + patience);
  });

  test("needs validation samples", () => {
    expect(() => train(line, points, { parameters: origin, earlyStopping: {} })).toThrow(
      "earlyStopping watches the validation loss, but there are no validation samples",
    );
  });
});

describe("cancellation", () => {
  test("lets others have their turn, keeps what was done, and can go on to the same end", async () => {
    const options = { parameters: origin, learningRate: 0.01, epochs: 300 };
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    const { signal } = controller;
    const part = await train(line, points, { ...options, epochs: 1e7, signal });
    expect(part.outcome).toBe("cancelled");
    expect(part.history.train).toHaveLength(part.steps);
    const goal = { ...options, epochs: part.epochs + 10 };
    const whole = train(line, points, goal);
    expect(train(line, points, { ...goal, resume: part.state }).state).toEqual(whole.state);
  });

  test("makes no step when the signal was given before", async () => {
    const run = await train(line, points, { parameters: origin, signal: AbortSignal.abort() });
    expect(run).toMatchObject({ outcome: "cancelled", steps: 0 });
  });

  test("gives the numbers of the run without a signal", async () => {
    const { signal } = new AbortController();
    const options = { parameters: origin, epochs: 20 };
    const live = await train(line, points, { ...options, signal });
    expect(live.state).toEqual(train(line, points, options).state);
  });

  test("passes on what the cost throws", async () => {
    const { signal } = new AbortController();
    const broken = () => {
      throw new RangeError("broken");
    };
    const run = train(broken, points, { parameters: origin, signal });
    await expect(run).rejects.toThrow("broken");
  });
});

describe("a diverging run", () => {
  test.each([
    ["gradient descent", { learningRate: 0.13 }, "stable below 0.11976"],
    ["the heavy ball", { optimizer: heavyBall({ learningRate: 0.24 }) }, "stable below 0.22754"],
    [
      "Nesterov",
      { optimizer: sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }) },
      "stable below 0.081263",
    ],
  ])("of %s ends with the step, the loss and the stable rate", (_, how, bound) => {
    const run = train(line, points, { parameters: origin, epochs: 10000, ...how });
    expect(run.outcome).toBe("diverged");
    expect(run.reason).toContain(bound);
    expect(run.reason).toContain(`after ${run.steps} steps the loss is`);
    expect(run.state.parameters.every(Number.isFinite)).toBe(true);
  });

  test("has no stable bound to name for adaptive optimizers", () => {
    const steep = (p: { w: Tensor }) => p.w.exp().neg();
    const run = train(steep, undefined, {
      parameters: { w: 0 },
      optimizer: adam({ learningRate: 1 }),
    });
    expect(run).toMatchObject({ outcome: "diverged" });
    expect(run.reason).toContain("Hint: try a smaller learning rate than 1");
    expect(run.reason).not.toContain("stable below");
  });

  test("is told from a loss that was none from the start", () => {
    const none = (p: { w: Tensor }) => p.w.log();
    expect(() => train(none, undefined, { parameters: { w: 0 } })).toThrow(
      "long before the first step",
    );
  });
});

describe("learning rates", () => {
  test("follow a schedule from step to step", () => {
    const run = train(line, points, {
      parameters: origin,
      optimizer: sgd,
      learningRate: (t) => 0.01 / (t + 1),
      epochs: 3,
    });
    expect(run.history.learningRate).toEqual([0.01, 0.01 / 2, 0.01 / 3]);
  });

  test("are cut when the loss is on a plateau", () => {
    const run = train(line, points, {
      parameters: origin,
      learningRate: reduceOnPlateau({ rate: 0.1, patience: 0, threshold: 0.5 }),
      epochs: 9,
    });
    expect(run.history.learningRate[0]).toBe(0.1);
    expect(run.history.learningRate.at(-1)).toBeLessThan(0.1);
  });

  test.each([0, -1, Number.NaN])("of %d are refused", (learningRate) => {
    expect(() => train(line, points, { parameters: origin, learningRate })).toThrow(
      `learningRate must be a positive number, but it is ${learningRate}`,
    );
  });

  test("are not given twice", () => {
    const twice = { parameters: origin, optimizer: adam(), learningRate: 0.1 };
    expect(() => train(line, points, twice)).toThrow("Adam has been made with its learning rate");
  });
});

describe("a penalty", () => {
  const slopeAt = (penalty: object, parameters = { w: tensor([2, -3]), bias: 5 }) =>
    train((p) => p.w.sum().add(p.bias).mul(0), undefined, {
      parameters,
      penalty,
      learningRate: 1,
      epochs: 1,
    });

  test("of l2 pulls in proportion, of l1 by the same force, and neither on a bias", () => {
    expect([...slopeAt({ l2: 0.1 }).parameters.w.data]).toEqual([2 - 0.2, -3 + 0.1 * 3]);
    expect([...slopeAt({ l1: 0.1 }).parameters.w.data]).toEqual([1.9, -2.9]);
    expect(slopeAt({ l1: 1, l2: 1 }).parameters.bias).toBe(5);
    expect(slopeAt({ l2: 1, spare: [] }).parameters.bias).toBe(0);
  });

  test("is the weight decay of SGD", () => {
    const options = { parameters: begin, epochs: 5 };
    const [plain, decaying] = [
      sgd({ learningRate: 0.01 }),
      sgd({ learningRate: 0.01, weightDecay: 0.3 }),
    ];
    const penalty = { l2: 0.3, spare: [] };
    const penalised = train(cost, table, { ...options, optimizer: plain, penalty });
    const decayed = train(cost, table, { ...options, optimizer: decaying });
    expect(penalised.state.parameters).toEqual(decayed.state.parameters);
  });

  test("does not enter the losses that are written down", () => {
    expect(slopeAt({ l2: 10 }).history.train).toEqual([0]);
  });

  test("of less than nothing is refused", () => {
    expect(() => slopeAt({ l2: -1 })).toThrow("l2 must be zero or a positive number");
  });
});

describe("bad data", () => {
  const fit = (data: object) =>
    train(cost, data as { x: number[][]; y: number[] }, { parameters: begin });

  test.each([
    [{ x: [], y: [] }, "needs at least one sample"],
    [{ x: [[1, 2]], y: [1, 2] }, "one target for each sample, but x has shape [1,2] and y [2]"],
    [
      {
        x: [
          [1, 2],
          [3, NaN],
        ],
        y: [1, 2],
      },
      "NaN in row 1, column 1 of x",
    ],
    [
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        y: [1, Infinity],
      },
      "Infinity in row 1 of y",
    ],
    [
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        y: [[1], [2]],
      },
      "same shape, but got [2] and [2,1]",
    ],
  ])("%j is refused in words", (data, words) => {
    expect(() => fit(data)).toThrow(words);
  });

  test.each([
    [{ epochs: 0 }, "epochs must be a whole number above 0"],
    [{ batchSize: 1.5 }, "batchSize must be a whole number above 0"],
    [{ steps: -1 }, "steps must be a whole number above 0"],
    [{ accumulate: 0 }, "accumulate must be a whole number above 0"],
    [{ stop: { gradientNorm: -1 } }, "gradientNorm must be zero or a positive number"],
    [{ stop: { loss: NaN } }, "stop.loss must be a number"],
    [{ seed: 0.5, batchSize: 2 }, "seed must be a whole number"],
  ])("%j is refused", (options, words) => {
    expect(() => train(cost, table, { parameters: begin, ...options })).toThrow(words);
  });

  test("an option that there is not is named, beside those that there are", () => {
    const misspelt = { parameters: begin, epoch: 3 };
    expect(() => train(cost, table, misspelt)).toThrow("train has no option epoch");
  });

  test("a cost without a beginning is refused", () => {
    const untyped = train as unknown as (...given: unknown[]) => unknown;
    expect(() => untyped(line, points, {})).toThrow("no parameters were given");
  });

  test("a model without a loss is refused", () => {
    const untyped = train as unknown as (...given: unknown[]) => unknown;
    expect(() => untyped(models.linear({ inputs: 1 }), points, {})).toThrow("by which loss");
  });

  const untyped = train as unknown as (...given: unknown[]) => unknown;
  const model = models.linear({ inputs: 1 });

  test.each([
    [undefined, /train takes its options by their names, but got undefined/],
    [{ loss: "mse" }, /loss must be a loss, but it is "mse".\nHint: for example { loss: mse\(\) }/],
    [{ loss: mse(), clip: 1 }, /clip must be a function that shortens gradients, but it is 1/],
    [
      { loss: mse(), average: movingAverage },
      /average must be a way to average, but it is the function movingAverage/,
    ],
    [{ loss: mse(), onEpoch: "stop" }, /onEpoch must be a function, but it is "stop"/],
    [{ loss: mse(), optimizer: "adam" }, /optimizer must be an optimizer .* but it is "adam"/],
    [{ loss: mse(), optimizer: lbfgs }, /L-BFGS is a minimizer.*\nHint: const problem = problemOf/],
    [{ loss: mse(), optimizer: newton() }, /Newton is a minimizer/],
    [{ loss: mse(), validation: [[1], [2]] }, /validation needs samples { x, y }.* an array/],
  ])("%j is refused in words of the option", (options, message) => {
    expect(() => untyped(model, points, options)).toThrow(message);
  });

  test("data that are no samples are refused", () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    expect(() => untyped(model, rows, { loss: mse() })).toThrow(/train needs samples { x, y }/);
  });

  test("a resumption with what is no state, or with another optimizer's, is refused", () => {
    const run = train(model, points, { loss: mse(), optimizer: adam, epochs: 2 });
    expect(() => untyped(model, points, { loss: mse(), resume: run })).toThrow(
      /resume must be the state of a run, but it has no epoch\.\nHint: { resume: run.state }/,
    );
    expect(() =>
      train(model, points, { loss: mse(), optimizer: heavyBall, resume: run.state }),
    ).toThrow(/state of another optimizer \(m, t, v\), but Heavy ball keeps t, velocity/);
  });

  test("a loss beside a cost, which would be ignored, is refused", () => {
    const prediction = (p: { w: Tensor }, x: Tensor) => x.mul(p.w);
    expect(() => untyped(prediction, points, { loss: mse(), parameters: { w: 0 } })).toThrow(
      /a loss was given as well\.\nHint: \(p, x, y\) => loss\(predict\(p, x\), y\)/,
    );
  });

  test("logits in a loss of probabilities are called so", () => {
    const bits = { x: [1, 2], y: [0, 1] };
    expect(() => train(models.logistic({ inputs: 1 }), bits, { loss: bce() })).toThrow(
      /long before the first step\.\nHint: this loss takes probabilities; raw scores \(logits\)/,
    );
  });
});

test("a number of steps alone is made, however many epochs that are", () => {
  const run = train(line, points, { parameters: origin, steps: 250 });
  expect([run.steps, run.outcome]).toEqual([250, "steps made"]);
  expect(train(line, points, { parameters: origin }).epochs).toBe(100);
});
