import type { DType, Loss, Tensor } from "../../src/index.ts";
import * as downhill from "../../src/index.ts";
import { expressions } from "../checks/expressions.ts";
import { descent, type Way, ways } from "./adam.ts";
import { logisticData, moons, network } from "./data.ts";
import { measure, medianOf, report, timeOf } from "./measure.ts";

const { compile, convexity, datasets, grad, gradCheck, hessian, hvp, iterate, models } = downhill;
const { preflight, random, softplus, tensor, valueAndGrad } = downhill;
const by = "downhill";
const kinds = { f64: "float64", f32: "float32" } as const;

const logitLoss = (z: Tensor, target: Tensor) => softplus(z).sub(z.mul(target)).mean();

/** Both kinds of numbers, in both ways. */
function each(work: (kind: string, dtype: DType, way: Way) => void): void {
  for (const [kind, dtype] of Object.entries(kinds))
    for (const way of Object.keys(ways) as Way[]) work(kind, dtype, way);
}

/** Mean squared error of a line through four points, by a learner's loop. */
export function a(): void {
  const [x, y] = [tensor([1, 2, 3, 4]), tensor([2, 4, 6, 8])];
  const loss = grad((p: { w: Tensor; b: Tensor }) => x.mul(p.w).add(p.b).sub(y).square().mean());
  const descent = () => {
    let p = { w: 0, b: 0 };
    for (let epoch = 0; epoch < 1000; epoch++) {
      const slope = loss(p);
      p = { w: p.w - 0.01 * slope.w, b: p.b - 0.01 * slope.b };
    }
    return p;
  };
  measure("a eager", by, descent);
  const step = (p: { w: Tensor; b: Tensor }) => {
    const slope = loss(p) as { w: Tensor; b: Tensor };
    return { w: p.w.sub(slope.w.mul(0.01)), b: p.b.sub(slope.b.mul(0.01)) };
  };
  const start = { w: tensor(0), b: tensor(0) };
  iterate(step, start, 2);
  // The first turns compile the loop.
  measure("a compiled", by, () => iterate(step, start, 1_000_000), { runs: 5 });
  const [xs, ys] = [
    [1, 2, 3, 4],
    [2, 4, 6, 8],
  ];
  measure("a compiled", "a loop by hand", () => {
    let [w, b] = [0, 0];
    for (let epoch = 0; epoch < 1_000_000; epoch++) {
      let [dw, db] = [0, 0];
      for (let i = 0; i < 4; i++) {
        const r = w * xs![i]! + b - ys![i]!;
        dw += 0.5 * r * xs![i]!;
        db += 0.5 * r;
      }
      w -= 0.01 * dw;
      b -= 0.01 * db;
    }
    return [w, b];
  });
}

/** Logistic regression on 10 000 rows of 20, 100 steps of Adam with all of the data. */
export function b(): void {
  each((kind, dtype, way) => {
    const { x, y } = logisticData(dtype);
    const loss = (p: readonly Tensor[]) => logitLoss(x.matmul(p[0]!).add(p[1]!), y);
    const descend = descent(way, loss, 0.01);
    measure(`b ${kind}`, ways[way], () => {
      const step = descend([tensor(new Float64Array(20), { dtype }), tensor(0, { dtype })]);
      for (let i = 0; i < 100; i++) step();
    });
  });
}

const net = (p: readonly Tensor[], x: Tensor): Tensor => {
  const [w1, b1, w2, b2, w3, b3] = p as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const first = x.matmul(w1).add(b1).tanh();
  const second = first.matmul(w2).add(b2).tanh();
  return second.matmul(w3).add(b3);
};

/** A network 2-64-64-1 on two moons, 20 epochs of 31 batches of 32. */
export function c(): void {
  each((kind, dtype, way) => {
    const { points, labels } = moons(dtype);
    const loss = (p: readonly Tensor[], x: Tensor, t: Tensor) => logitLoss(net(p, x), t);
    const descend = descent(way, loss, 1e-3);
    measure(`c ${kind}`, ways[way], () => {
      const chance = random(5);
      const step = descend(network([2, 64, 64, 1], dtype));
      for (let epoch = 0; epoch < 20; epoch++) {
        const order = chance.permutation(1000);
        for (let start = 0; start < 992; start += 32) {
          const batch = order.slice(start, start + 32);
          step(points.gather(batch), labels.gather(batch));
        }
      }
    });
  });
}

/** A network 784-128-10 on batches of 64, ten steps. */
export function d(): void {
  each((kind, dtype, way) => {
    const x = tensor(random(9).normal([64, 784]), { dtype });
    const classes = Array.from({ length: 64 }, (_, i) => (i * 7) % 10);
    const loss = (p: readonly Tensor[]) => {
      const hidden = x.matmul(p[0]!).add(p[1]!).relu();
      return hidden.matmul(p[2]!).add(p[3]!).logSoftmax().pick(classes).mean().neg();
    };
    const step = descent(way, loss, 1e-3)(network([784, 128, 10], dtype));
    measure(`d ${kind}`, ways[way], () => {
      for (let i = 0; i < 10; i++) step();
    });
  });
}

function smallNetwork(): { p: Tensor[]; loss: (p: readonly Tensor[]) => Tensor } {
  const { points, labels } = moons("float64");
  const [x, t] = [points.slice(0, 32), labels.slice(0, 32)];
  return { p: network([2, 20, 20, 1], "float64"), loss: (p) => logitLoss(net(p, x), t) };
}

/** The gradient of a network of 501 parameters, checked entry by entry. */
export function e(): void {
  const { p, loss } = smallNetwork();
  const gradient = grad(loss);
  measure("e", by, () => {
    const { verdict } = gradCheck(loss, gradient, p);
    if (verdict !== "right") throw new Error(`The check says ${verdict} of a right gradient.`);
  });
}

/** The Hessian of logistic regression by 20 weights; a Hessian–vector product of the 501-parameter network. */
export function f(): void {
  const chance = random(1);
  const x = chance.normal([1000, 20]);
  const y = chance.integers([1000], 0, 2);
  const w = chance.normal([20], 0, 0.3);
  const second = compile(hessian((w) => logitLoss(x.matmul(w), y)));
  measure("f hessian", by, () => second(w), { warm: 20, runs: 51 });
  const { p, loss } = smallNetwork();
  const direction = p.map((each, i) => random(30 + i).normal(each.shape));
  const product = compile(hvp(loss));
  measure("f hvp", by, () => product(p, direction), { warm: 50, runs: 101 });
}

/** Value and gradient of losses over a million entries. */
export function g(): void {
  const count = 1e6;
  for (const [kind, dtype] of Object.entries(kinds) as [string, DType][]) {
    const p = tensor(random(11).normal([count], 0, 2), { dtype });
    const y = tensor(random(12).normal([count]), { dtype });
    const labels = tensor(
      Float64Array.from({ length: count }, (_, i) => i & 1),
      { dtype },
    );
    const over = (loss: Loss, target: Tensor) =>
      compile(
        valueAndGrad((p: Tensor) => loss(p, target)),
        { reuse: true },
      );
    const [huber, bce] = [over(downhill.huber(), y), over(downhill.bceWithLogits(), labels)];
    measure(`g huber ${kind}`, by, () => huber(p), { warm: 5, runs: 15 });
    measure(`g bce ${kind}`, by, () => bce(p), { warm: 5, runs: 15 });
  }
}

/** A verdict on convexity, the median over formulas; the checklist before training a small network. */
export function h(): void {
  const times = expressions.map(([, formula, , options = {}]) =>
    timeOf(() => convexity(formula, options), { warm: 1, runs: 3 }),
  );
  report("h convexity", by, medianOf(times));
  const model = models.mlp({ layers: [2, 20, 20, 1], activation: "tanh" });
  const plan = { model, loss: downhill.bceWithLogits(), data: datasets.moons(), learningRate: 0.1 };
  measure("h preflight", by, () => preflight(plan), { warm: 1, runs: 5 });
}
