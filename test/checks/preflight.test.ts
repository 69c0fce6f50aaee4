import { expect, test } from "vitest";
import { preflight, type TrainingPlan } from "../../src/checks/index.ts";
import { line, moons } from "../../src/data/index.ts";
import { random, type Tensor, tensor, zeros } from "../../src/engine/index.ts";
import * as losses from "../../src/losses/index.ts";
import { adam, gradientDescent, heavyBall } from "../../src/optimizers/index.ts";

interface Layers {
  readonly W: Tensor;
  readonly b: Tensor;
  readonly v: Tensor;
  readonly c: Tensor;
}

const draw = random(2);
const layers = (hidden = 8, inputs = 2): Layers => ({
  W: draw.normal([inputs, hidden], 0, 0.7),
  b: zeros([hidden]),
  v: draw.normal([hidden], 0, 1 / Math.sqrt(hidden)),
  c: tensor(0),
});
const network = ({ W, b, v, c }: Layers, x: Tensor) => x.matmul(W).add(b).tanh().matmul(v).add(c);
const data = moons({ samples: 120 });
const healthy: TrainingPlan<Layers> = {
  model: network,
  parameters: layers(),
  loss: losses.bceWithLogits(),
  data,
  optimizer: adam({ learningRate: 0.01 }),
};

interface Straight {
  readonly w: Tensor;
  readonly b: Tensor;
}
const straight = ({ w, b }: Straight, x: Tensor) => x.matmul(w).add(b);
const fit: TrainingPlan<Straight> = {
  model: straight,
  parameters: { w: tensor([0.1]), b: tensor(0) },
  loss: losses.mse(),
  data: line({ samples: 60 }),
  optimizer: gradientDescent({ learningRate: 0.02 }),
};
const threeClasses = {
  x: draw.normal([90, 2]),
  y: tensor(Array.from({ length: 90 }, (_, i) => (i * 7) % 3)),
};
const classifier: TrainingPlan<Straight> = {
  model: straight,
  parameters: { w: draw.normal([2, 3], 0, 0.1), b: zeros([3]) },
  loss: losses.sparseCategoricalCrossEntropy(),
  data: threeClasses,
  learningRate: 0.1,
};
const signed = { x: data.x, y: data.y.mul(2).sub(1) };

test.each<[string, TrainingPlan<never>]>([
  ["a network on moons", healthy as never],
  ["the same with momentum", { ...healthy, optimizer: heavyBall({ learningRate: 0.1 }) } as never],
  ["a line", fit as never],
  ["a softmax classifier", classifier as never],
  ["hinge on signs", { ...healthy, loss: losses.hinge(), data: signed } as never],
  ["a wide network", { ...healthy, parameters: layers(32) } as never],
])("%s is ready", (_, plan) => {
  const report = preflight(plan);
  expect(report.verdict, report.sentence).toBe("ready");
});

const ofWidth = (factor: number) => data.x.mul([1, factor]);
const hole = tensor(
  Array.from(data.x.data, (value, i) => (i === 7 ? Number.NaN : value)),
  {
    shape: data.x.shape,
  },
);
let call = 0;
const faults: readonly (readonly [string, item: string, TrainingPlan<never>])[] = [
  ["NaN in x", "numbers", { ...healthy, data: { x: hole, y: data.y } }],
  ["a target too few", "shapes", { ...healthy, data: { x: data.x, y: data.y.slice(1) } }],
  ["another number of features", "shapes", { ...healthy, parameters: layers(8, 3) }],
  [
    "(n, 1) against (n)",
    "shapes",
    {
      ...healthy,
      model: (p: Layers, x: Tensor) => network(p, x).reshape([-1, 1]),
      loss: (p: Tensor, y: Tensor) => p.sub(y).square().mean(),
    },
  ],
  ["labels 0 and 1 for hinge", "loss and task", { ...healthy, loss: losses.hinge() }],
  ["labels −1 and 1 for BCE", "loss and task", { ...healthy, data: signed }],
  ["squared error of labels", "loss and task", { ...healthy, loss: losses.mse() }],
  ["logits for probabilities", "loss and task", { ...healthy, loss: losses.bce() }],
  [
    "sigmoid twice",
    "range of outputs",
    { ...healthy, model: (p: Layers, x: Tensor) => network(p, x).sigmoid() },
  ],
  [
    "softmax twice",
    "range of outputs",
    { ...classifier, model: (p: Straight, x: Tensor) => straight(p, x).softmax() },
  ],
  [
    "tanh for targets beyond 1",
    "range of outputs",
    { ...fit, model: (p: Straight, x: Tensor) => straight(p, x).tanh() },
  ],
  ["raw features", "scaling of x", { ...healthy, data: { x: ofWidth(1000), y: data.y } }],
  [
    "targets in thousands",
    "scaling of y",
    { ...fit, data: { x: line().x, y: line().y.mul(1000) } },
  ],
  [
    "95 to 5",
    "classes",
    {
      ...healthy,
      data: { x: data.x, y: tensor(Array.from(data.y.data, (_, i) => +(i % 20 === 0))) },
    },
  ],
  [
    "rows sorted by class",
    "classes",
    { ...healthy, data: { x: data.x, y: tensor(Array.from(data.y.data).toSorted()) } },
  ],
  ["validation taken from training", "leak", { ...healthy, validation: data }],
  [
    "weights too large",
    "loss at the start",
    { ...healthy, parameters: { ...layers(), v: draw.normal([8], 0, 20) } },
  ],
  [
    "dropout left on",
    "same loss twice",
    { ...healthy, model: (p: Layers, x: Tensor) => network(p, x).mul(1 + 0.1 * ++call) },
  ],
  [
    "a gradient without the mean",
    "gradient",
    {
      ...fit,
      gradient: ({ w, b }: { w: number[]; b: number }, { x, y }: { x: Tensor; y: Tensor }) => {
        const r = Array.from(y.data, (t, i) => w[0]! * x.data[i]! + b - t);
        return {
          w: [2 * r.reduce((s, e, i) => s + e * x.data[i]!, 0)],
          b: 2 * r.reduce((s, e) => s + e, 0),
        };
      },
    },
  ],
  [
    "zeros in two layers",
    "every part learns",
    {
      ...healthy,
      parameters: { W: zeros([2, 8]), b: zeros([8]), v: zeros([8, 1]), c: zeros([1]) },
      model: (p: Layers, x: Tensor) => network(p, x).reshape([-1]),
    },
  ],
  [
    "an accuracy in place of a loss",
    "every part learns",
    { ...healthy, loss: (z: Tensor, y: Tensor) => z.greater(0).notEqual(y).mean() },
  ],
  [
    "a layer that is not used",
    "every part learns",
    {
      ...healthy,
      model: ({ W, b, v, c }: Layers, x: Tensor) =>
        x.matmul(W).add(b).tanh().mul(0).matmul(v).add(c),
    },
  ],
  ["a step too long", "step", { ...fit, learningRate: 5, optimizer: undefined }],
  ["a step far too short", "step", { ...fit, optimizer: gradientDescent({ learningRate: 1e-6 }) }],
  ["Adam at 3", "step", { ...healthy, optimizer: adam({ learningRate: 3 }) }],
] as never;

test.each(faults)("%s is found", (_, item, plan) => {
  const report = preflight(plan);
  const found = report.items.find(({ name }) => name === item);
  expect(["look", "failed"], report.sentence).toContain(found?.verdict);
  expect(found?.evidence).toBeTruthy();
  expect(found?.remedy).toBeTruthy();
  expect(found?.lesson?.number).toMatch(/^\d\d$/);
  expect(report.verdict).not.toBe("ready");
});

test("labels that do not belong to their samples cannot be learned by heart from one input", () => {
  const blind = ({ c }: Layers, x: Tensor) => x.mul(0).sum(1).add(c);
  const report = preflight({ ...healthy, model: blind });
  const item = report.items.find(({ name }) => name.startsWith("learns"));
  expect(item?.verdict).toBe("failed");
});

test("the report is plain data, a table and a sentence", () => {
  const report = preflight(fit);
  expect(JSON.parse(JSON.stringify(report))).toEqual({ ...report });
  const show = (report as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!;
  expect(show()["text/markdown"]).toContain("| what was seen |");
  expect(show()["text/plain"]).toContain("✓ gradient");
});

test("parameters must be there", () => {
  const { parameters: _, ...rest } = healthy;
  expect(() => preflight(rest)).toThrow("parameters that training begins with");
});

test("targets of one kind only are named, and a column of one number is no feature out of scale", () => {
  const one = preflight({ ...healthy, data: { x: data.x, y: data.y.mul(0) } });
  expect(one.items.find(({ name }) => name === "scaling of y")).toMatchObject({
    verdict: "look",
    evidence: "All 120 targets are 0: there is nothing to learn from x.",
  });
  const x = line({ samples: 60 }).x as Tensor;
  const steady = tensor(Array.from(x.data, (value) => [value, 0.1]));
  const plan = { ...fit, parameters: { w: tensor([0.1, 0.2]), b: tensor(0) } };
  const { items } = preflight({ ...plan, data: { x: steady, y: line({ samples: 60 }).y } });
  expect(items.find(({ name }) => name === "scaling of x")?.verdict).toBe("passed");
});
