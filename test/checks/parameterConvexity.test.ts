import { expect, test } from "vitest";
import { convexity } from "../../src/checks/index.ts";
import { moons } from "../../src/data/index.ts";
import { mul, random, type Tensor, tensor } from "../../src/engine/index.ts";
import * as losses from "../../src/losses/index.ts";

interface Linear {
  readonly w: Tensor;
  readonly b: Tensor;
}

const straight = ({ w, b }: Linear, x: Tensor) => x.matmul(w).add(b);
const at = { w: tensor([0]), b: tensor(0) };
const x = tensor([[1], [2], [3], [4]]);
const numbers = { x, y: tensor([3, 5, 7, 9]) };
const bits = { x, y: tensor([0, 1, 1, 0]) };

test("squared error of a line is strongly convex, with the eigenvalues that bound the step", () => {
  const report = convexity({ model: straight, loss: losses.mse() }, { at, batch: numbers });
  expect(report.verdict).toBe("strongly convex");
  expect(report.eigenvalues![0]).toBeCloseTo(0.2994, 4);
  expect(report.eigenvalues![1]).toBeCloseTo(16.7006, 4);
  expect(report.stableBelow).toBeCloseTo(0.11976, 5);
  expect(report.proof!.join(" ")).toContain("affine");
});

test.each([
  ["mae", losses.mae(), numbers, "convex"],
  ["huber", losses.huber(), numbers, "convex"],
  ["logCosh", losses.logCosh(), numbers, "strictly convex"],
  ["bceWithLogits", losses.bceWithLogits(), bits, "strictly convex"],
  ["hinge", losses.hinge(), { x, y: tensor([-1, 1, 1, -1]) }, "convex"],
] as const)("%s of a line has a proof", (_, loss, batch, verdict) => {
  expect(convexity({ model: straight, loss }, { at, batch }).verdict).toBe(verdict);
});

test("a linear softmax classifier is convex and not strictly, since logits may be shifted", () => {
  const model = ({ W, b }: { W: Tensor; b: Tensor }, inputs: Tensor) => inputs.matmul(W).add(b);
  const start = { W: tensor([[0.1, 0, -0.2]]), b: tensor([0, 0, 0]) };
  const batch = { x, y: tensor([0, 1, 2, 1]) };
  const loss = losses.sparseCategoricalCrossEntropy();
  expect(convexity({ model, loss }, { at: start, batch }).verdict).toBe("convex");
});

test("two equal inputs leave a direction flat, so nothing is strict", () => {
  const twice = { x: tensor([1, 1, 2, 2, 3, 3]).reshape([3, 2]), y: tensor([1, 2, 3]) };
  const start = { w: tensor([0, 0]), b: tensor(0) };
  const report = convexity({ model: straight, loss: losses.mse() }, { at: start, batch: twice });
  expect(report.verdict).toBe("convex");
  expect(report.eigenvalues![0]).toBe(0);
});

test("a function of tensors is followed through its own operations", () => {
  const ridge = ({ w, b }: Linear) =>
    x.matmul(w).add(b).sub(numbers.y).square().mean().add(w.square().sum().mul(0.1));
  expect(convexity(ridge, { at }).verdict).toBe("strongly convex");
  const verdict = (f: (p: Tensor) => Tensor) => convexity(f, { at: tensor([1, 2]) }).verdict;
  expect(verdict((p) => p.log().neg().sum())).toBe("convex");
  expect(verdict((p) => p.log().sum())).toBe("concave");
  expect(verdict((p) => p.mul([1, -1]).exp().sum())).toBe("convex");
  expect(verdict((p) => p.exp().mul([1, -1]).sum())).toBe("not convex");
  expect(verdict((p) => p.pow(2).sum())).toBe("strongly convex");
  expect(verdict((p) => p.abs().max())).toBe("convex");
  expect(verdict((p) => p.square().sub(1).square().sum())).toBe("not convex");
});

test("a column times its own row is no square", () => {
  const f = (p: Tensor) =>
    p
      .reshape([2, 1])
      .mul(p)
      .mul([
        [0, 1],
        [0, 0],
      ])
      .sum();
  expect(convexity(f, { at: tensor([1, 2]) }).verdict).toBe("not convex");
});

type Network = { W: Tensor; c: Tensor; v: Tensor };
const network = ({ W, c, v }: Network, inputs: Tensor) => inputs.matmul(W).add(c).tanh().matmul(v);
const draw = random(1);

test.each([2, 8, 64])("a network of %i hidden units is refuted by exchanging them", (hidden) => {
  const start = { W: draw.normal([2, hidden]), c: draw.normal([hidden]), v: draw.normal([hidden]) };
  const batch = moons({ samples: 60 });
  const loss = losses.bceWithLogits();
  const report = convexity({ model: network, loss }, { at: start, batch });
  expect(report.verdict).toBe("not convex");
  const found = report.counterexample!;
  expect(found.found).toBe("by exchanging hidden units");
  const value = (p: Network) => loss(network(p, batch.x), batch.y).item();
  expect(value(found.x)).toBeCloseTo(value(found.y), 10);
  expect(value(found.middle)).toBeCloseTo(found.value, 12);
  expect(found.value).toBeGreaterThan(found.chord);
  expect(found.middle.W.data).toEqual(mul(found.x.W.add(found.y.W), 0.5).data);
});

test("without units to exchange, negative curvature becomes a chord", () => {
  const report = convexity((p: { u: Tensor; v: Tensor }) => p.u.mul(p.v).sub(1).square(), {
    at: { u: tensor(1), v: tensor(1) },
  });
  expect(report.counterexample!.found).toBe("along negative curvature");
  const squared = convexity(
    { model: (p: Linear, inputs: Tensor) => straight(p, inputs).sigmoid(), loss: losses.mse() },
    { at, batch: bits },
  );
  expect(squared.verdict).toBe("not convex");
});

test("functions of plain numbers are refuted too, and never by rounding", () => {
  const verdict = (f: (p: number[]) => number) => convexity(f, { at: [1, 1] }).verdict;
  expect(verdict(([a, b]) => (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2)).toBe("not convex");
  expect(verdict(([a, b]) => (1 - a!) ** 2 + 100 * (b! - a!) ** 2)).toBe("undecided");
  expect(verdict(([a, b]) => (1e8 + a!) ** 2 - 1e16 + b!)).toBe("undecided");
  expect(verdict(([a, b]) => Math.abs(a!) + Math.max(a!, b!))).toBe("undecided");
  expect(verdict(([a, b]) => 1e15 + 3 * a! + b!)).toBe("undecided");
});

test("what cannot be judged says why", () => {
  let call = 0;
  const lots = convexity((p: number[]) => p[0]! + ++call, { at: [1] });
  expect(lots.verdict).toBe("undecided");
  expect(lots.sentence).toContain("dropout");
  expect(() => convexity(((p: number) => p) as never)).toThrow("needs parameters to look at");
});

test("the report is plain data that shows itself", () => {
  const report = convexity((p: Tensor) => p.sin().sum(), { at: tensor([1, 2]) });
  expect(JSON.parse(JSON.stringify(report)).counterexample.t).toBe(0.5);
  const show = (report as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!;
  expect(show()["text/markdown"]).toContain("**not convex**");
});
