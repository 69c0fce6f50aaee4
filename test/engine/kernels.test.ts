import { describe, expect, test } from "vitest";
import { binaryFormulas, unaryFormulas } from "../../src/engine/formulas.ts";
import * as names from "../../src/engine/index.ts";
import { type DType, random, type Tensor, tensor } from "../../src/engine/index.ts";

/** A plain object, to be asked for operations by their name. */
const engine = { ...names };

const sizes = Array.from({ length: 18 }, (_, size) => size);
const dtypes: readonly DType[] = ["float64", "float32"];
const edges = [0, -0, 1, -1, Infinity, -Infinity, NaN, 1e-310, -1e-310, 1e300, -1e300, 710, -745];

/** As many units in the last place as a vector function may be away from the exact value. */
const ulps = { float64: 4, float32: 4 };
const ulp = { float64: 2 ** -52, float32: 2 ** -23 };
const smallest = { float64: 2 ** -1074, float32: 2 ** -149 };

function expectNear(actual: number, expected: number, dtype: DType, what: string) {
  const rounded = dtype === "float32" ? Math.fround(expected) : expected;
  if (Object.is(rounded, actual) || rounded === actual) return;
  const room = ulps[dtype] * Math.max(Math.abs(rounded) * ulp[dtype], smallest[dtype]);
  expect(Math.abs(actual - rounded), `${what}: ${actual} for ${rounded}`).toBeLessThanOrEqual(room);
}

const unaryNames = Object.keys(unaryFormulas) as (keyof typeof unaryFormulas)[];
const binaryNames = Object.keys(binaryFormulas) as (keyof typeof binaryFormulas)[];

/** Operations whose exact value a product of two roundings would miss are checked against numbers that float32 holds. */
const sample = (size: number, dtype: DType, seed = 5): Tensor =>
  tensor(random(seed).normal([size], 0, 2), { dtype });

describe.each(dtypes)("in %s", (dtype) => {
  test.each(unaryNames)("%s is its formula for every length", (name) => {
    for (const size of sizes) {
      const x = sample(size, dtype);
      const y = engine[name](x);
      expect(y.dtype).toBe(dtype);
      expect(y.shape).toEqual([size]);
      y.data.forEach((value: number, i: number) => {
        expectNear(value, unaryFormulas[name](x.data[i]!), dtype, `${name}(${x.data[i]})`);
      });
    }
  });

  test.each(binaryNames)("%s is its formula for every length and every way to repeat", (name) => {
    for (const size of sizes.slice(1)) {
      const shapes: [number[], number[]][] = [
        [[size], [size]],
        [[size], []],
        [[], [size]],
        [[3, size], [size]],
        [
          [3, size],
          [3, 1],
        ],
        [[3, 1], [size]],
        [
          [2, 3, size],
          [3, 1],
        ],
        [
          [2, 3, size],
          [2, 1, size],
        ],
      ];
      for (const [left, right] of shapes) {
        const x = tensor(random(5).normal(left, 0, 2), { dtype });
        const y = tensor(random(6).normal(right, 0, 2), { dtype });
        const z = engine[name](x, y);
        const [xs, ys] = [x, y].map((each) => engine.spreadTo(each, z.shape).data);
        z.data.forEach((value: number, i: number) => {
          const expected = binaryFormulas[name](xs![i]!, ys![i]!);
          expectNear(value, expected, dtype, `${name} of [${left}] and [${right}], entry ${i}`);
        });
      }
    }
  });

  test("matmul adds up products for every small size, straight and transposed", () => {
    const whole = (shape: number[], seed: number) =>
      tensor(random(seed).integers(shape, -9, 9), { dtype });
    for (const rows of [1, 2, 3, 4, 5, 9])
      for (const inner of [1, 2, 3, 4, 5, 7, 17])
        for (const columns of [1, 2, 3, 4, 5, 8, 9, 17]) {
          const [x, y] = [whole([rows, inner], 1), whole([inner, columns], 2)];
          const expected = Array.from({ length: rows }, (_, i) =>
            Array.from({ length: columns }, (_, j) =>
              Array.from(
                { length: inner },
                (_, k) => x.data[i * inner + k]! * y.data[k * columns + j]!,
              ).reduce((sum, term) => sum + term, 0),
            ),
          );
          expect(x.matmul(y).toArray()).toEqual(expected);
          // The ways back through matmul multiply transposed factors.
          const g = whole([rows, columns], 3);
          const loss = (p: readonly Tensor[]) => p[0]!.matmul(p[1]!).mul(g).sum();
          const [dx, dy] = engine.grad(loss)([x, y]) as Tensor[];
          expect(dx!.toArray()).toEqual(g.matmul(y.transpose()).toArray());
          expect(dy!.toArray()).toEqual(x.transpose().matmul(g).toArray());
        }
  });

  test.each(["sum", "max", "min"] as const)("%s folds every length along every axis", (name) => {
    const folds = {
      sum: (a: number, b: number) => a + b,
      max: (a: number, b: number) => Math.max(a, b),
      min: (a: number, b: number) => Math.min(a, b),
    };
    const fold = folds[name];
    for (const size of [...sizes.slice(1), 1024, 1025, 5000]) {
      const x = tensor(random(8).integers([3, size], -99, 99), { dtype });
      const rows = x.toArray() as number[][];
      expect(engine[name](x, 1).toArray()).toEqual(rows.map((row) => row.reduce(fold)));
      expect(engine[name](x, 0).toArray()).toEqual(
        rows.reduce((all, row) => all.map((value, i) => fold(value, row[i]!))),
      );
      expect(engine[name](x).item()).toBe(rows.flat().reduce(fold));
      const cube = x.reshape([3, size, 1]).mul([1, 2]);
      expect(engine[name](cube, 1).toArray()).toEqual(
        rows.map((row) => [1, 2].map((factor) => row.map((v) => v * factor).reduce(fold))),
      );
    }
  });
});

test.each(unaryNames)("%s treats the edges of the numbers as its formula does", (name) => {
  const values = engine[name](edges).data;
  edges.forEach((edge, i) => {
    const expected = unaryFormulas[name](edge);
    expectNear(values[i]!, expected, "float64", `${name}(${edge})`);
    if (Number.isNaN(expected)) expect(values[i], `${name}(${edge})`).toBeNaN();
  });
});

test("a NaN passes through every operation and every fold", () => {
  for (const name of unaryNames) expect(engine[name](NaN).item(), name).toBeNaN();
  for (const name of ["add", "sub", "mul", "div", "minimum", "maximum"] as const) {
    expect(engine[name]([NaN, 1], [1, NaN]).toArray(), name).toEqual([NaN, NaN]);
  }
  for (const name of ["sum", "mean", "max", "min", "logSumExp"] as const) {
    expect(engine[name]([1, NaN, 2, 3, 4, 5, 6, 7, 8, 9]).item(), name).toBeNaN();
  }
});

test("a sum of a million numbers keeps its digits", () => {
  const x = random(1).uniform([1e6]);
  // Neumaier's compensated sum is exact to the last place here.
  let [sum, lost] = [0, 0];
  for (const value of x.data) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  expect(Math.abs(x.sum().item() - (sum + lost))).toBeLessThanOrEqual(4 * 2 ** -52 * sum);
});
