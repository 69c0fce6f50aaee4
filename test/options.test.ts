import { describe, expect, test } from "vitest";
import * as downhill from "../src/index.ts";
import { knownOptions, oneOf } from "../src/options.ts";

const { datasets, metrics, models, train } = downhill;

type Maker = (options?: unknown) => unknown;
const gaussNewton = downhill.gaussNewton as Maker;
const library = downhill as unknown as Record<string, Maker>;

/** Whatever is made from options alone: losses, optimizers, minimizers, schedules. */
const makers = Object.entries(library).filter(([, make]) => {
  if (typeof make !== "function" || /^class|^define/.test(make.name + String(make))) return false;
  try {
    const made = make({}) as { readonly source?: unknown } | undefined;
    return typeof made?.source === "string";
  } catch {
    return false; // It needs more than options: no such maker.
  }
});

test("the makers of options alone are found", () => {
  const names = makers.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(["adam", "cosineDecay", "huber", "lbfgs", "newton"]),
  );
  expect(names.length).toBeGreaterThan(60);
});

describe.each(makers)("%s", (_, make) => {
  test("refuses an option that it does not have, and names its own", () => {
    expect(() => make({ lr: 0.1 })).toThrow(/ has no option lr\.\nHint: its options are \w+/);
  });

  test("takes an option that is undefined for one that is left out", () => {
    const settingsOf = (options: object) => (make(options) as { settings?: object }).settings ?? {};
    const usual = settingsOf({});
    // Gauss–Newton is Levenberg–Marquardt with a damping of 0, which is no option of its own.
    const options = Object.keys(usual).filter(
      (name) => !(name === "damping" && make === gaussNewton),
    );
    for (const option of options)
      expect(JSON.stringify(settingsOf({ [option]: undefined }))).toBe(JSON.stringify(usual));
  });

  test("refuses a number in place of its options", () => {
    expect(() => make(0.1)).toThrow(TypeError);
    expect(() => make(0.1)).toThrow("options");
  });
});

const table = datasets.moons({ samples: 8 });
const line = { x: [[0], [1]], y: [0, 1] };
const bowl = {
  valueAndGradient: (p: ArrayLike<number>) => ({ value: p[0]! ** 2, gradient: [2 * p[0]!] }),
};
const trained = (options: object) => () =>
  train(models.linear({ inputs: 1 }), line, { loss: downhill.mse(), epochs: 1, ...options });

test.each<[string, () => unknown]>([
  ["moons", () => datasets.moons({ count: 9 } as object)],
  ["line", () => datasets.line({ count: 9 } as object)],
  ["split", () => datasets.split(table, { share: 0.5 } as object)],
  ["batches", () => datasets.batches(table, { batchSize: 2 } as object)],
  ["f1", () => metrics.f1([1, 0], [1, 1], { averaging: "macro" } as object)],
  ["calibration", () => metrics.calibration([0.1, 0.9], [0, 1], { count: 2 } as object)],
  ["mlp", () => models.mlp({ layers: [1, 2, 1], hidden: 3 } as never)],
  ["Softmax regression", () => models.softmax({ inputs: 2, classes: 3, bias: false } as never)],
  ["warmUp", () => downhill.warmUp(downhill.constantRate(), { start: 0.1 } as object)],
  ["reduceOnPlateau", () => downhill.reduceOnPlateau({ mode: "max" } as object)],
  ["stableRate", () => downhill.stableRate(1, { beta: 0.9 } as object)],
  ["curvature", () => downhill.curvature((x) => x.square(), { steps: 3 } as object)],
  ["minimize", () => downhill.minimize(downhill.lbfgs(), bowl, [1], { maxSteps: 3 } as object)],
  [
    "stochasticWeightAverage",
    () => downhill.stochasticWeightAverage({ from: 1, every: 2 } as never),
  ],
  ["gradCheck", () => downhill.gradCheck((x: number) => x, 1, 3, { tol: 1e-3 } as object)],
  ["jacobianCheck", () => downhill.jacobianCheck(() => [1], [[0]], [3], { tol: 1 } as object)],
  ["derive", () => downhill.derive("x^2", { variable: "x" } as object)],
  ["convexity", () => downhill.convexity("x^2", { range: [0, 1] } as object)],
  [
    "convexity in parameters",
    () => downhill.convexity((p: number) => p, { at: 1, data: 2 } as never),
  ],
  ["differentiability", () => downhill.differentiability("x^2", { from: 1 } as object)],
  ["penalty", trained({ penalty: { L2: 1 } })],
  ["stop", trained({ stop: { gradient: 1 } })],
  ["earlyStopping", trained({ validation: line, earlyStopping: { wait: 1 } })],
])("%s refuses an option that would be ignored", (name, make) => {
  expect(make).toThrow(`${name} has no option `);
});

test.each<[string, unknown]>([
  ["adam", { variant: "tf" }],
  ["heavyBall", { variant: "tf" }],
  ["nesterov", { variant: "tf" }],
  ["adagrad", { variant: "tf" }],
  ["rmsprop", { variant: "tf" }],
  ["amsgrad", { variant: "tf" }],
  ["adamax", { variant: "tf" }],
  ["nadam", { variant: "tf" }],
  ["radam", { variant: "tf" }],
  ["cosineDecay", { after: "fall" }],
  ["cyclic", { peaks: "lower" }],
  ["oneCycle", { shape: "round" }],
  ["reduceOnPlateau", { good: "max" }],
  ["multiclassHinge", { variant: "keras" }],
  ["poissonNll", { input: "log" }],
  ["categoricalCrossEntropy", { from: "logit" }],
  ["sparseCategoricalCrossEntropy", { from: "logit" }],
  ["klDivergence", { from: "logit" }],
  ["mse", { reduction: "average" }],
])("%s %j is refused with the words it could be", (name, options) => {
  expect(() => library[name]!(options)).toThrow(/must be "[\w -]+"(?:, "[\w.-]+")* or "[\w.-]+"/);
});

test("a rate that is neither number nor schedule is told from one that is too small", () => {
  expect(() => library.adam!({ learningRate: "0.1" })).toThrow(
    'learningRate must be a number or a schedule, but it is "0.1"',
  );
});

test("a table of arrays is no table of tensors", () => {
  expect(() => datasets.batches(line as never)).toThrow("x is an array and y is an array");
  expect(() => datasets.split({ x: table.x, y: table.y.slice(0, 3) })).toThrow("8 against 3 rows");
});

test("a warm-up needs a schedule to rise to", () => {
  expect(() => downhill.warmUp(0.1 as never)).toThrow("but got 0.1");
});

test.each([
  () => models.linear(undefined as never),
  () => models.softmax(undefined as never),
  () => models.mlp(undefined as never),
  () => downhill.stochasticWeightAverage(undefined as never),
])("what cannot do without options says so", (make) => {
  expect(make).toThrow(/takes its options by their names, but got undefined/);
});

test("a hint does not call a limit small", () => {
  expect(() => downhill.clipByNorm(0)).toThrow(
    "limit must be a positive number, but it is 0.\nHint: 1 is usual",
  );
  expect(() => downhill.adam({ learningRate: -1 })).toThrow("usually small");
  expect(() => downhill.huber({ delta: 0 })).toThrow("left out, it is what is usual");
});

test("a number in quotes is shown with them", () => {
  expect(() => downhill.huber({ delta: "1" as never })).toThrow('but it is "1".');
  expect(() => downhill.focal({ gamma: "2" as never })).toThrow('but it is "2".');
});

test("a form of momentum and a number of steps that are none are refused", () => {
  expect(() => downhill.stableRate(1, { form: "polyak" as never })).toThrow(
    /form must be "heavy ball"/,
  );
  expect(() => downhill.minimize(downhill.lbfgs(), bowl, [1], { steps: -3 })).toThrow(
    /steps must be a whole number from 0 on, but it is -3/,
  );
});

test("a loss of one's own says what it is a function of", () => {
  expect(() => downhill.defineLoss({ name: "Mine", argument: "logits" } as never)).toThrow(
    /what Mine is a function of, but its argument is "logits".*\nHint: one of residual, relative residual, margin/,
  );
});

test("metrics take no rows for numbers", () => {
  expect(() => metrics.rmse([[1], [2]] as never, [1, 2])).toThrow("prediction[0] is an array");
});

test("what fits passes", () => {
  expect(() => knownOptions("f", { a: 1 }, ["a", "b"])).not.toThrow();
  expect(() => oneOf("a", "x", ["x", "y"])).not.toThrow();
});
