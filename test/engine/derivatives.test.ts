import { describe, expect, test } from "vitest";
import * as engine from "../../src/engine/index.ts";
import {
  flatten,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  random,
  type Tensor,
  tensor,
  valueAndGrad,
  vjp,
} from "../../src/engine/index.ts";

interface Case {
  readonly name: string;
  readonly f: (x: Tensor) => Tensor;
  /** Where inputs come from; kinks and poles are left out. */
  readonly low: number;
  readonly high: number;
  /** The slope of one entry, by hand, where the operation works entry by entry. */
  readonly slope?: (x: number) => number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const other = random(99).uniform([3, 4], 0.5, 1.5);

const cases: readonly Case[] = [
  { name: "neg", f: engine.neg, low: -2, high: 2, slope: () => -1 },
  { name: "square", f: engine.square, low: -2, high: 2, slope: (x) => 2 * x },
  { name: "sqrt", f: engine.sqrt, low: 0.2, high: 2, slope: (x) => 0.5 / Math.sqrt(x) },
  { name: "reciprocal", f: engine.reciprocal, low: 0.2, high: 2, slope: (x) => -1 / x ** 2 },
  { name: "abs", f: engine.abs, low: 0.1, high: 2, slope: () => 1 },
  { name: "exp", f: engine.exp, low: -2, high: 2, slope: Math.exp },
  { name: "expm1", f: engine.expm1, low: -2, high: 2, slope: Math.exp },
  { name: "log", f: engine.log, low: 0.2, high: 2, slope: (x) => 1 / x },
  { name: "log1p", f: engine.log1p, low: -0.5, high: 2, slope: (x) => 1 / (1 + x) },
  { name: "sin", f: engine.sin, low: -2, high: 2, slope: Math.cos },
  { name: "cos", f: engine.cos, low: -2, high: 2, slope: (x) => -Math.sin(x) },
  { name: "tanh", f: engine.tanh, low: -2, high: 2, slope: (x) => 1 - Math.tanh(x) ** 2 },
  { name: "sigmoid", f: engine.sigmoid, low: -3, high: 3, slope: (x) => sigmoid(x) * sigmoid(-x) },
  { name: "softplus", f: engine.softplus, low: -3, high: 3, slope: sigmoid },
  { name: "logSigmoid", f: engine.logSigmoid, low: -3, high: 3, slope: (x) => sigmoid(-x) },
  { name: "relu", f: engine.relu, low: 0.1, high: 2, slope: () => 1 },
  { name: "clamp", f: (x) => x.clamp(-0.01, 0.01), low: 0.1, high: 2, slope: () => 0 },
  { name: "pow 3", f: (x) => x.pow(3), low: -2, high: 2, slope: (x) => 3 * x * x },
  { name: "pow as exponent", f: (x) => engine.pow(other, x), low: -2, high: 2 },
  { name: "add", f: (x) => x.add(other), low: -2, high: 2 },
  { name: "sub from", f: (x) => engine.sub(other, x), low: -2, high: 2 },
  { name: "mul by itself", f: (x) => x.mul(x), low: -2, high: 2 },
  { name: "div", f: (x) => x.div(other), low: -2, high: 2 },
  { name: "div by", f: (x) => engine.div(other, x), low: 0.5, high: 2 },
  { name: "maximum", f: (x) => x.maximum(0.5), low: -2, high: 2 },
  { name: "minimum", f: (x) => x.minimum(0.5), low: -2, high: 2 },
  { name: "where", f: (x) => engine.where(x.greater(0), x.square(), x), low: 0.1, high: 2 },
  { name: "sum of axis 0", f: (x) => x.sum(0), low: -2, high: 2 },
  { name: "mean of axis 1", f: (x) => x.mean({ axis: 1, keepDims: true }), low: -2, high: 2 },
  { name: "max of axis 1", f: (x) => x.max(1), low: -2, high: 2 },
  { name: "min", f: (x) => x.min(), low: -2, high: 2 },
  { name: "logSumExp", f: (x) => x.logSumExp(1), low: -2, high: 2 },
  { name: "softmax", f: (x) => x.softmax(), low: -2, high: 2 },
  { name: "logSoftmax of axis 0", f: (x) => x.logSoftmax(0), low: -2, high: 2 },
  { name: "matmul left", f: (x) => x.matmul(other.transpose()), low: -2, high: 2 },
  { name: "matmul right", f: (x) => other.transpose().matmul(x), low: -2, high: 2 },
  { name: "matmul by itself", f: (x) => x.transpose().matmul(x), low: -2, high: 2 },
  { name: "matmul with a list", f: (x) => x.matmul([1, -2, 3, 0.5]), low: -2, high: 2 },
  { name: "transpose", f: (x) => x.transpose(), low: -2, high: 2 },
  { name: "reshape", f: (x) => x.reshape([2, -1]), low: -2, high: 2 },
  { name: "slice", f: (x) => x.slice(1, 3, 1), low: -2, high: 2 },
  { name: "gather", f: (x) => x.gather([2, 0, 2]), low: -2, high: 2 },
  { name: "pick", f: (x) => x.pick([1, 3, 0]), low: -2, high: 2 },
  { name: "concat", f: (x) => engine.concat([x, x.square()], 1), low: -2, high: 2 },
  { name: "stack", f: (x) => engine.stack([x, x.square()], -1), low: -2, high: 2 },
  { name: "broadcast row", f: (x) => x.sum(0).mul(x), low: -2, high: 2 },
  { name: "spreadTo", f: (x) => x.spreadTo([2, 3, 4]).square(), low: -2, high: 2 },
];

/** Weighs the entries of y differently, so that no error can cancel. */
const weighed = (y: Tensor) => y.mul(random(7).normal(y.shape)).sum();

function difference(f: (x: Tensor) => Tensor, x: Tensor): number[] {
  return Array.from(x.data, (value, i) => {
    const h = Number.EPSILON ** (1 / 3) * Math.max(1, Math.abs(value));
    const at = (moved: number) =>
      f(tensor(x.data.with(i, moved) as Float64Array, { shape: x.shape })).item();
    return (at(value + h) - at(value - h)) / (2 * h);
  });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    const room = tolerance * Math.max(1, Math.abs(expected[i]!));
    expect(Math.abs(actual[i]! - expected[i]!), `entry ${i}`).toBeLessThanOrEqual(room);
  }
}

describe.each(cases)("$name", ({ f, low, high }) => {
  const x = random(3).uniform([3, 4], low, high);

  test("has the gradient that differences find", () => {
    const loss = (x: Tensor) => weighed(f(x));
    // Central differences with h = ∛ε are right to about ε^(2/3) ≈ 4e-11 times third derivatives.
    expectClose(grad(loss)(x).data, difference(loss, x), 1e-8);
  });

  test("has a second derivative that differences of the gradient find", () => {
    const slopeOf = (x: Tensor) => weighed(grad((x) => weighed(f(x)))(x));
    expectClose(grad(slopeOf)(x).data, difference(slopeOf, x), 1e-8);
  });
});

test.each(cases.filter(({ slope }) => slope))(
  "$name has the slope known by hand",
  ({ f, low, high, slope }) => {
    const x = random(3).uniform([3, 4], low, high);
    expectClose(grad((x) => f(x).sum())(x).data, Array.from(x.data, slope!), 1e-14);
  },
);

test("an inner derivative does not confuse its variable with the outer one", () => {
  // d/dx (x · d/dy (x + y)) = 1
  expect(grad((x) => x.mul(grad((y) => x.add(y))(1)))(3)).toBe(1);
});

test("the gradient has the structure of the parameters", () => {
  const loss = (p: { w: Tensor; layers: readonly Tensor[] }) =>
    p.w.square().sum().add(p.layers[0]!.mul(3)).add(p.layers[1]!.mul(4)).sum();
  const { value, gradient } = valueAndGrad(loss)({ w: tensor([1, 2]), layers: [5, 6] });
  expect(value.item()).toBe(44);
  expect(gradient.w.toArray()).toEqual([2, 4]);
  expect(gradient.layers).toEqual([3, 4]);
});

test("a parameter without influence has gradient 0", () => {
  expect(grad((p: { a: Tensor; b: Tensor }) => p.a)({ a: 1, b: 2 })).toEqual({ a: 1, b: 0 });
});

test("a derivative by nothing within another one is nothing, and leaves the other as it is", () => {
  const f = (x: Tensor) => {
    expect(grad((_: Readonly<Record<string, Tensor>>) => x.square())({})).toEqual({});
    return x.square();
  };
  expect(grad(f)(3)).toBe(6);
});

test("what is kept of a derivative does not depend on anything in the next one", () => {
  let kept = tensor(0);
  grad((x: Tensor) => {
    kept = x.square().keep();
    return kept;
  })(3);
  expect(grad((x: Tensor) => kept.mul(x))(2)).toBe(9);
  expect(grad((x: Tensor) => kept.mul(x).add(x))(kept).item()).toBe(10);
});

test("what is no parameter is named by the way to it", () => {
  const words = { w: 1, layers: [{ b: 2 }, { b: "two" }] };
  const slope = grad((p: { w: Tensor }) => p.w) as (parameters: unknown) => unknown;
  expect(() => slope(words)).toThrow(
    /numbers and tensors, but parameters\.layers\.1\.b is two\.\nHint: pass what is not/,
  );
  expect(() => slope(undefined)).toThrow(/but parameters is undefined/);
  expect(() => flatten(words as never)).toThrow(/but parameters\.layers\.1\.b is two/);
});

test("grad of a function with two outputs names the shape and the remedy", () => {
  expect(() => grad((x) => x.mul([1, 2]))(3)).toThrow(/shape \[2\]\.\nHint: reduce first/);
});

test("shapes that do not fit are both named, and where they differ", () => {
  expect(() => engine.add([1, 2], [1, 2, 3])).toThrow(
    "add got shapes [2] and [3]; they differ on the last axis: 2 against 3.",
  );
});

describe("products with derivatives", () => {
  const f = (x: Tensor) => x.tanh().mul(x.sum()).add(x.square());
  const x = random(11).normal([4]);
  const v = random(12).normal([4]);
  const rows = jacobian(f)(x);

  test("jvp is the Jacobian times the direction", () => {
    expectClose(jvp(f)(x, v).tangent.data, rows.matmul(v).data, 1e-14);
  });

  test("vjp is the weights times the Jacobian", () => {
    expectClose(vjp(f)(x, v).gradient.data, v.matmul(rows).data, 1e-14);
  });

  test("the Jacobian's columns are what differences find", () => {
    for (let row = 0; row < 4; row++) {
      const entry = (x: Tensor) =>
        f(x)
          .slice(row, row + 1)
          .sum();
      expectClose(rows.slice(row, row + 1).data, difference(entry, x), 1e-8);
    }
  });

  const loss = (x: Tensor) => f(x).square().sum().log();

  test("hvp is the Hessian times the direction", () => {
    expectClose(hvp(loss)(x, v).data, hessian(loss)(x).matmul(v).data, 1e-13);
  });

  test("the Hessian is symmetric and is what differences of the gradient find", () => {
    const h = hessian(loss)(x);
    expectClose(h.data, h.transpose().data, 1e-14);
    for (let row = 0; row < 4; row++) {
      const slope = (x: Tensor) =>
        grad(loss)(x)
          .slice(row, row + 1)
          .sum();
      expectClose(h.slice(row, row + 1).data, difference(slope, x), 1e-8);
    }
  });

  test("the Hessian of x² y by a record of numbers is known by hand", () => {
    const h = hessian((p: { x: Tensor; y: Tensor }) => p.x.square().mul(p.y))({ x: 3, y: 5 });
    expect(h.toArray()).toEqual([
      [10, 6],
      [6, 0],
    ]);
  });

  test("a direction of another shape is refused", () => {
    expect(() => hvp(loss)(x, tensor([1, 2]))).toThrow(
      "hvp needs direction 0 shaped like parameter 0: [4], but got [2].",
    );
  });

  test("third derivatives are exact", () => {
    expect(grad((x) => grad((x) => grad((x) => x.pow(5))(x))(x))(2)).toBeCloseTo(240, 10);
  });
});
