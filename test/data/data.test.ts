import { describe, expect, test } from "vitest";
import {
  curvature,
  datasets,
  metrics,
  models,
  mse,
  ShapeError,
  sparseCategoricalCrossEntropy,
  type Tensor,
  tensor,
  train as trainModel,
} from "../../src/index.ts";
import type { Dense } from "../../src/models/index.ts";

const made = {
  line: datasets.line,
  clusters: datasets.clusters,
  moons: datasets.moons,
  spirals: datasets.spirals,
  polynomial: datasets.polynomial,
};
const plain = ({ x, y }: ReturnType<typeof datasets.moons>) => ({ x: x.toArray(), y: y.toArray() });
const counts = (classes: ArrayLike<number>) =>
  [0, 1, 2].map((label) => Array.from(classes).filter((y) => y === label).length);

describe.each(Object.entries(made))("%s", (_, make) => {
  test("gives the same data for the same seed, and other data for another", () => {
    expect(plain(make({ seed: 3 }))).toEqual(plain(make({ seed: 3 })));
    expect(plain(make({ seed: 3 }))).not.toEqual(plain(make({ seed: 4 })));
  });

  test("gives as many rows as asked, with one target each, all finite", () => {
    const { x, y } = make({ samples: 50 });
    expect([x.shape[0], y.shape]).toEqual([50, [50]]);
    expect([...x.data, ...y.data].every(Number.isFinite)).toBe(true);
  });

  test("refuses a number of samples that is none", () => {
    expect(() => make({ samples: 0 })).toThrow("samples must be a whole number");
    expect(() => make({ samples: 2.5 })).toThrow(RangeError);
  });
});

test("classes come in equal shares unless asked otherwise, and mixed", () => {
  expect(counts(datasets.moons({ samples: 100 }).y.data)).toEqual([50, 50, 0]);
  expect(counts(datasets.spirals({ samples: 99 }).y.data)).toEqual([33, 33, 33]);
  const imbalanced = datasets.clusters({ samples: 200, shares: [0.95, 0.05] });
  expect(counts(imbalanced.y.data)).toEqual([190, 10, 0]);
  const firstRare = imbalanced.y.data.indexOf(1);
  expect(firstRare).toBeLessThan(150);
});

test("without noise moons lie on their circles", () => {
  const { x, y } = datasets.moons({ samples: 30, noise: 0 });
  (x.toArray() as [number, number][]).forEach(([a, b], i) => {
    const radius = y.data[i] === 0 ? Math.hypot(a, b) : Math.hypot(a - 1, b - 0.5);
    expect(radius).toBeCloseTo(1, 14);
  });
});

test("outliers of a line are its last rows", () => {
  const { x, y } = datasets.line({ samples: 20, outliers: 2 });
  const off = Array.from(y.data, (each, i) => Math.abs(each - 2 * x.data[i]! - 1) > 50);
  expect(off.indexOf(true)).toBe(18);
  expect(off.slice(18)).toEqual([true, true]);
});

describe("split", () => {
  const table = datasets.clusters({ samples: 100, shares: [0.9, 0.1] });

  test("puts every row into exactly one part", () => {
    const { train, test: kept } = datasets.split(table, { test: 0.3 });
    const all = [...train.x.data, ...kept.x.data].sort();
    expect(all).toEqual([...table.x.data].sort());
    expect(kept.y.size).toBe(30);
  });

  test("keeps the shares of the classes when stratified", () => {
    const { train, test: kept } = datasets.split(table, { test: 0.3, stratified: true });
    expect(counts(kept.y.data)).toEqual([27, 3, 0]);
    expect(counts(train.y.data)).toEqual([63, 7, 0]);
  });

  test("keeps rows and targets together", () => {
    const numbered = { x: tensor([[0], [1], [2], [3]]), y: tensor([0, 1, 2, 3]) };
    const { train, test: kept } = datasets.split(numbered);
    for (const part of [train, kept]) expect([...part.x.data]).toEqual([...part.y.data]);
  });

  test.each([0, 1, Number.NaN, 0.001])("refuses to keep back %d", (share) => {
    expect(() => datasets.split(table, { test: share })).toThrow("needs samples in both parts");
  });
});

describe("batches", () => {
  const table = { x: tensor([[0], [1], [2], [3], [4]]), y: tensor([0, 1, 2, 3, 4]) };

  test("hold every sample exactly once, shuffled or not", () => {
    const seen = (options: object) => datasets.batches(table, options).map(({ y }) => [...y.data]);
    expect(seen({ size: 2, shuffle: false })).toEqual([[0, 1], [2, 3], [4]]);
    expect(seen({ size: 2, seed: 5 }).flat().sort()).toEqual([0, 1, 2, 3, 4]);
    expect(seen({ size: 5, seed: 5 })).not.toEqual(seen({ size: 5, seed: 6 }));
  });

  test.each([0, 1.5])("refuse a size of %d", (size) => {
    expect(() => datasets.batches(table, { size })).toThrow("size must be a whole number above 0");
  });
});

describe.each([
  ["standardise", datasets.standardise],
  ["minMax", datasets.minMax],
] as const)("%s", (_, fit) => {
  const train = tensor([
    [1, 100, 7],
    [2, 300, 7],
    [6, 800, 7],
  ]);

  test("undoes what it applies", () => {
    const scaler = fit(train);
    const back = scaler.undo(scaler.apply(train)).data;
    back.forEach((value, i) => {
      expect(value).toBeCloseTo(train.data[i]!, 10);
    });
  });

  test("leaves a feature that never changes at 0 and never divides by 0", () => {
    const scaled = fit(train).apply(train).toArray() as number[][];
    expect(scaled.map((row) => row[2])).toEqual([0, 0, 0]);
  });

  test("scales another part by what it learned from the first", () => {
    const scaler = fit(train);
    const [first] = scaler.apply([[6, 800, 7]]).toArray() as number[][];
    expect(first).toEqual((scaler.apply(train).toArray() as number[][])[2]);
  });

  test("refuses other features, and data it cannot learn from", () => {
    expect(() => fit(train).apply([[1, 2]])).toThrow(ShapeError);
    expect(() => fit([1, 2, 3])).toThrow("needs a table [samples, features]");
    expect(() => fit([[1], [Number.NaN]])).toThrow("NaN in row 1, column 0");
  });
});

describe("a scaler that has seen the test part", () => {
  const table = datasets.moons({ samples: 40 });
  const { train, test: kept } = datasets.split(table);

  test.each([
    ["standardise", datasets.standardise],
    ["minMax", datasets.minMax],
  ])("is refused by %s", (name, fit) => {
    expect(() => fit(kept.x)).toThrow(`${name} learns from the training part`);
    expect(() => fit(table.x).apply(train.x)).toThrow("learned from all samples");
    expect(() => fit(table.x).apply(kept.x)).toThrow("learned from all samples");
  });

  test("is found in a table that is split afterwards", () => {
    const scaled = { ...table, x: datasets.standardise(table.x).apply(table.x) };
    expect(() => datasets.split(scaled)).toThrow("split first, then fit the scaler to train.x");
    expect(datasets.split(scaled, { allowLeak: true }).test.y.size).toBe(10);
  });

  test("is told from one that has not", () => {
    const scaler = datasets.standardise(train.x);
    const inner = datasets.split(train);
    expect(scaler.apply(kept.x).shape).toEqual([10, 2]);
    expect(datasets.standardise(inner.train.x).apply(inner.test.x).shape[1]).toBe(2);
    expect(scaler.apply(table.x).shape).toEqual([40, 2]);
  });
});

describe("iris", () => {
  test("holds Fisher's flowers, fifty of each kind", async () => {
    const { x, y, features, classes } = await datasets.iris();
    expect(counts(y.data)).toEqual([50, 50, 50]);
    expect([features.length, classes.length]).toEqual([4, 3]);
    // The means that Fisher printed in his table 2.
    const setosa = x.slice(0, 50).mean(0).toArray() as number[];
    [5.006, 3.428, 1.462, 0.246].forEach((mean, c) => {
      expect(setosa[c]).toBeCloseTo(mean, 10);
    });
  });

  test("is learned by softmax regression", async () => {
    const { train, test: kept } = datasets.split(await datasets.iris(), { stratified: true });
    const scaler = datasets.standardise(train.x);
    const model = models.softmax({ inputs: 4, classes: 3 });
    const data = { x: scaler.apply(train.x), y: train.y };
    const run = trainModel(model, data, {
      loss: sparseCategoricalCrossEntropy(),
      learningRate: 0.5,
      epochs: 200,
    });
    const classes = model(run.parameters, scaler.apply(kept.x)).argMax(-1);
    expect(metrics.accuracy(classes, kept.y)).toBeGreaterThan(0.9);
  });
});

describe("temperatures", () => {
  test("are those of 366 days, the coldest in New York in January and the warmest in Austin in summer", async () => {
    const { x, y, features } = await datasets.temperatures();
    expect([x.shape, y.shape, features.length]).toEqual([[366, 3], [366], 3]);
    const newYork = x.slice(1, 2, 1).reshape([-1]);
    const coldest = newYork.data.indexOf(newYork.min().item());
    const warmest = y.data.indexOf(y.max().item());
    // Days are counted from the first of October: January are days 92 to 122, June to August 244 to 335.
    expect(coldest).toBeGreaterThanOrEqual(92);
    expect(coldest).toBeLessThanOrEqual(122);
    expect(warmest).toBeGreaterThanOrEqual(244);
    expect(warmest).toBeLessThanOrEqual(335);
    // The first row as it was printed: 63.4, 62.7 and 72.2 degrees.
    expect([x.slice(0, 1).toArray(), y.data[0]]).toEqual([[[0, 63.4, 62.7]], 72.2]);
  });

  test("of Austin are told by those of the other cities better than by their mean, once scaled", async () => {
    const { train, test: kept } = datasets.split(await datasets.temperatures());
    const scaler = datasets.standardise(train.x);
    const model = models.linear({ inputs: 3 });
    const data = { x: scaler.apply(train.x), y: train.y };
    const run = trainModel(model, data, { loss: mse(), learningRate: 0.1, epochs: 200 });
    const predicted = model(run.parameters, scaler.apply(kept.x));
    expect(metrics.r2(predicted, kept.y)).toBeGreaterThan(0.6);
    const bend = (x: Tensor) =>
      curvature((p: Dense) => mse()(model(p, x), train.y))(model.start()).condition;
    expect(bend(train.x)).toBeGreaterThan(1000 * bend(data.x));
  });
});

test("standardised features have mean 0 and standard deviation 1", () => {
  const { x } = datasets.clusters({ samples: 500, noise: 3 });
  const z = datasets.standardise(x).apply(x);
  for (const mean of z.mean(0).data) expect(mean).toBeCloseTo(0, 12);
  for (const variance of z.square().mean(0).data) expect(variance).toBeCloseTo(1, 12);
});

test("a scaled table of 32-bit numbers stays one", () => {
  const x = tensor(
    [
      [1, 10],
      [3, 30],
    ],
    { dtype: "float32" },
  );
  const scaler = datasets.standardise(x);
  expect(scaler.apply(x).dtype).toBe("float32");
  expect(scaler.undo(scaler.apply(x)).toArray()).toEqual(x.toArray());
});

test("a line has no more outliers than samples", () => {
  expect(() => datasets.line({ samples: 5, outliers: 6 })).toThrow(
    /outliers must be a whole number from 0 to 5.*\nHint/,
  );
  expect(() => datasets.line({ outliers: 0.5 })).toThrow(/but it is 0.5/);
});

test("powers need a whole degree", () => {
  expect(() => datasets.powers([1, 2], -1)).toThrow(/degree must be a whole number from 0 on/);
  expect(datasets.powers([1, 2], 0).toArray()).toEqual([[1], [1]]);
});

test("clusters name shares that do not fit", () => {
  expect(() => datasets.clusters({ shares: [1] })).toThrow(
    "one share of at least 0 for each of the 2",
  );
});

describe("weights of samples", () => {
  const table = {
    x: tensor([[1], [2], [3], [4], [5], [6]]),
    y: tensor([1, 2, 3, 4, 5, 6]),
    weights: tensor([10, 20, 30, 40, 50, 60]),
  };

  test("go where their samples go", () => {
    const { train, test: kept } = datasets.split(table, { test: 1 / 3 });
    for (const part of [train, kept, ...datasets.batches(table, { size: 4 })])
      expect(part.weights!.toArray()).toEqual(part.y.mul(10).toArray());
    expect(datasets.split({ x: table.x, y: table.y }).train).not.toHaveProperty("weights");
  });

  test("that are fewer than samples, or no tensor, are refused", () => {
    const few = { ...table, weights: tensor([1, 2]) };
    expect(() => datasets.split(few)).toThrow("split needs a tensor of one weight for each sample");
    const list = { ...table, weights: [1, 2, 3, 4, 5, 6] as unknown as Tensor };
    expect(() => datasets.batches(list)).toThrow("but weights is an array for 6 rows.");
  });
});
