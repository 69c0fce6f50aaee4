import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  bceWithLogits,
  compile,
  heavyBall,
  klDivergence,
  models,
  mse,
  oneHot,
  random,
  type Samples,
  sparseCategoricalCrossEntropy,
  type Tensor,
  type TrainingState,
  tensor,
  train,
} from "../../src/index.ts";

const chance = random(11);
const count = 24;
const x = chance.normal([count, 2]);
const flat = x.slice(0, 1, 1).reshape([-1]);
const classes = tensor(Float64Array.from({ length: count }, (_, i) => i % 3));
const weights = Array.from({ length: count }, (_, i) => [2, 0, 1, 3, 1][i % 5]!);
/** Each row as often as its weight says. */
const repeated = weights.flatMap((weight, row) => new Array<number>(weight).fill(row));

const cases = {
  "a line": [models.linear({ inputs: 2 }), mse(), flat.mul(3).add(1)],
  "two lines": [models.linear({ inputs: 2, outputs: 2 }), mse(), x.mul(2).sub(1)],
  "a logistic model": [models.logistic({ inputs: 2 }), bceWithLogits(), flat.greater(0.2)],
  "a softmax model": [
    models.softmax({ inputs: 2, classes: 3 }),
    sparseCategoricalCrossEntropy(),
    classes,
  ],
  "a softmax model by its divergence": [
    models.softmax({ inputs: 2, classes: 3 }),
    klDivergence(),
    oneHot(classes, 3),
  ],
} as const;

// A rule that is no steeper than the gradient: Adam would make 1e-10 of a rounding where that is small.
const options = { optimizer: heavyBall, learningRate: 0.1, epochs: 12 } as const;
type Case = (typeof cases)[keyof typeof cases];
/** Which model it is does not matter to these laws. */
const runOf = (subject: Case, data: Samples, more: object = {}) =>
  train(subject[0] as ReturnType<typeof models.linear>, data, {
    ...options,
    loss: subject[1] as ReturnType<typeof mse>,
    ...more,
  });

function same(left: readonly number[], right: readonly number[], digits = 11): void {
  expect(left.length).toBe(right.length);
  left.forEach((number, i) => {
    expect(number).toBeCloseTo(right[i]!, digits);
  });
}

describe.each(Object.entries(cases))("weights of the samples of %s", (_, subject) => {
  const y = subject[2];
  const weighted = { x, y, weights };

  test("count each row as often as they say, 0 among them", () => {
    const doubled = { x: x.gather(repeated), y: y.gather(repeated) };
    const [ours, plain] = [runOf(subject, weighted), runOf(subject, doubled)];
    same(ours.history.train, plain.history.train);
    same(ours.state.parameters, plain.state.parameters);
  });

  test("matter only beside each other", () => {
    const [ours, alike] = [
      runOf(subject, { x, y, weights: weights.map((weight) => 7 * weight) }, { batchSize: 5 }),
      runOf(subject, weighted, { batchSize: 5 }),
    ];
    same(ours.state.parameters, alike.state.parameters);
  });

  test("that are all the same are none", () => {
    const alike = new Array<number>(count).fill(1);
    const [ours, plain] = [alike, undefined].map((weights) =>
      runOf(subject, { x, y, ...(weights && { weights }) }, { batchSize: 7, accumulate: 2 }),
    );
    same(ours!.state.parameters, plain!.state.parameters);
    same(ours!.history.train, plain!.history.train);
  });

  test("make batches count by what they weigh, so that a rate of nothing sees the mean of all", () => {
    const still = { learningRate: 1e-15, epochs: 1 };
    const whole = runOf(subject, weighted, still).history;
    for (const batchSize of [1, 5, 24]) {
      const parts = runOf(subject, weighted, { ...still, batchSize }).history;
      same(parts.train, whole.train);
      same(parts.gradientNorm, whole.gradientNorm);
    }
  });

  test("make the same step of batches that are accumulated as of one large batch", () => {
    const plan = { steps: 6, shuffle: false };
    const large = runOf(subject, weighted, { ...plan, batchSize: 12 });
    const small = runOf(subject, weighted, { ...plan, batchSize: 4, accumulate: 3 });
    same(large.state.parameters, small.state.parameters);
  });

  test("count in the validation loss", () => {
    const validation = { x: x.gather([0, 1, 2]), y: y.gather([0, 1, 2]), weights: [1, 4, 0] };
    const run = runOf(subject, { x, y }, { validation, epochs: 2 });
    const rows = [0, 1, 1, 1, 1];
    const doubled = { x: x.gather(rows), y: y.gather(rows) };
    const plain = runOf(subject, { x, y }, { validation: doubled, epochs: 2 });
    same([...run.history.validation!], [...plain.history.validation!]);
  });

  test("are compiled with the same numbers, to the last bit, and resumed so", () => {
    const loss = subject[1] as ReturnType<typeof mse>;
    const own = (prediction: Tensor, target: Tensor, of?: Tensor) => loss(prediction, target, of);
    for (const more of [{}, { batchSize: 5 }, { batchSize: 3, accumulate: 3 }]) {
      const ours = runOf(subject, weighted, more);
      const plain = runOf(subject, weighted, { ...more, loss: own });
      expect(ours.obstacle).toBeUndefined();
      expect(plain.obstacle).toMatch(/loss of your own/);
      expect(ours.state).toEqual(plain.state);
      const part = runOf(subject, weighted, { ...more, steps: 7 });
      const resume = JSON.parse(JSON.stringify(part.state)) as TrainingState;
      expect(runOf(subject, weighted, { ...more, resume }).state).toEqual(ours.state);
    }
  });
});

test("a single sample steps by its weight beside the mean of all", () => {
  const losses: number[] = [];
  const data = { x: [[1], [2], [3]], y: [1, 1, 1], weights: [1, 0, 5] };
  train(models.linear({ inputs: 1 }), data, {
    loss: mse(),
    learningRate: 1e-15,
    batchSize: 1,
    shuffle: false,
    epochs: 1,
    onStep: ({ loss }) => losses.push(loss),
  });
  same(losses, [0.5, 0, 2.5]);
});

test("a weighted line is the one of weighted least squares", () => {
  const [xs, ys, ws] = [
    [0, 1, 2, 3],
    [1, 2.5, 2, 5],
    [1, 3, 0.5, 2],
  ] as const;
  const run = train(
    models.linear({ inputs: 1 }),
    { x: xs.map((each) => [each]), y: ys, weights: ws },
    { loss: mse(), learningRate: 0.1, epochs: 4000 },
  );
  const total = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0);
  const mean = (list: readonly number[]) => total(list.map((each, i) => each * ws[i]!)) / total(ws);
  const [mx, my] = [mean(xs), mean(ys)];
  const slope =
    mean(xs.map((each, i) => (each - mx) * (ys[i]! - my))) /
    mean(xs.map((each) => (each - mx) ** 2));
  same(run.state.parameters, [slope, my - slope * mx], 10);
});

describe("weights that are none", () => {
  const data = { x: [[1], [2]], y: [1, 2] };
  const model = models.linear({ inputs: 1 });

  test.each([
    [[1], "train needs one weight for each of 2 samples, but weights has shape [1]."],
    [[[1], [1]], "train needs one weight for each of 2 samples, but weights has shape [2,1]."],
    [[1, -1], "train needs weights of at least 0, but that of row 1 is -1."],
    [[Number.NaN, 1], "train needs weights of at least 0, but that of row 0 is NaN."],
    [[1, Infinity], "train needs weights of at least 0, but that of row 1 is Infinity."],
    [[0, 0], "train needs one weight above 0, but all are 0."],
  ])("%j are refused", (weights, message) => {
    expect(() => train(model, { ...data, weights }, { loss: mse() })).toThrow(message);
  });

  test("are refused in validation by its name", () => {
    const validation = { ...data, weights: [1, 2, 3] };
    expect(() => train(model, data, { loss: mse(), validation })).toThrow(
      "validation needs one weight for each of 2 samples, but weights has shape [3].",
    );
  });

  test("are refused where they would be ignored", () => {
    const weights = [1, 2];
    const cost = (p: { w: Tensor }, x: Tensor) => p.w.mul(x).square().mean();
    expect(() => train(cost, { ...data, weights }, { parameters: { w: 1 } })).toThrow(
      "but it got a cost, which has its loss in it.",
    );
    const own = (p: Tensor, y: Tensor) => p.sub(y).square().mean();
    expect(() => train(model, { ...data, weights }, { loss: own })).toThrow(
      "the loss takes 2 arguments and no weights.",
    );
    const validation = { ...data, weights };
    expect(() => train(model, data, { loss: own, validation })).toThrow("and no weights.");
    expect(() => train(model, { ...data, weights }, { loss: compile(own) })).toThrow("takes 2");
  });

  test("of a loss of one's own that takes them are handed over, also where it is compiled", () => {
    const own = (p: Tensor, y: Tensor, w?: Tensor) => mse()(p, y, w);
    const weighted = { ...data, weights: [1, 3] };
    const [plain, compiled] = [own, compile(own)].map((loss) => train(model, weighted, { loss }));
    expect(compiled!.obstacle).toBeUndefined();
    expect(compiled!.state).toEqual(plain!.state);
    expect(plain!.state).toEqual(train(model, weighted, { loss: mse() }).state);
  });
});

test("Keras, which divides by the number of samples, makes the same steps at the mean weight's rate", () => {
  const { weighted } = JSON.parse(readFileSync("test/fixtures/keras.json", "utf8")) as {
    readonly weighted: {
      readonly samples: number[][];
      readonly numbers: number[];
      readonly weights: number[];
      readonly learningRate: number;
      readonly batchSize: number;
      readonly points: number[][];
    };
  };
  const { samples, numbers, weights, learningRate, batchSize, points } = weighted;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const ours: number[][] = [];
  train(
    models.linear({ inputs: 2 }),
    { x: samples, y: numbers, weights },
    {
      loss: mse(),
      learningRate: learningRate * mean,
      batchSize,
      shuffle: false,
      epochs: points.length,
      onEpoch: (progress) => ours.push(progress.state().parameters as number[]),
    },
  );
  // Keras takes the mean of a batch in float32.
  same(ours.flat(), points.flat(), 7);
});
