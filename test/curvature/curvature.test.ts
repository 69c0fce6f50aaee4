import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curvature, mse, random, stableRate, type Tensor, tensor } from "../../src/index.ts";

const fourPoints = (p: { w: Tensor; b: Tensor }) =>
  mse()(p.w.mul([1, 2, 3, 4]).add(p.b), [2, 4, 6, 8]);

/** ½xᵀ(Q·diag(λ)·Qᵀ)x with Q a product of random mirrors: a bowl whose curvatures are known. */
function bowl(curvatures: readonly number[], seed: number) {
  const n = curvatures.length;
  const source = random(seed);
  const mirrors = [1, 2, 3].map(() => {
    const normal = source.normal([n]);
    return normal.div(normal.square().sum().sqrt());
  });
  return (x: Tensor): Tensor => {
    let turned = x;
    for (const u of mirrors) turned = turned.sub(u.mul(turned.mul(u).sum().mul(2)));
    return turned.square().mul(tensor(curvatures)).sum().div(2);
  };
}

test("of the text's four points is known", () => {
  const {
    smallest,
    largest,
    condition,
    stableRate: bound,
  } = curvature(fourPoints)({ w: 3, b: -1 });
  expect(smallest).toBeCloseTo(0.2994, 4);
  expect(largest).toBeCloseTo(16.7006, 4);
  expect(condition).toBeCloseTo(55.78, 2);
  expect(bound).toBeCloseTo(0.11976, 5);
});

test("of a bowl is what it was made with, whole or by Lanczos", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 1000 }), (curvatures, seed) => {
      const sorted = [...curvatures].sort((a, b) => a - b);
      const scale = Math.max(...curvatures.map(Math.abs));
      for (const exactUpTo of [40, 0]) {
        const found = curvature(bowl(curvatures, seed), { exactUpTo })(tensor(curvatures));
        // Mirrors and products round some dozen times.
        expect(Math.abs(found.largest - sorted.at(-1)!)).toBeLessThanOrEqual(1e-8 * scale);
        expect(Math.abs(found.smallest - sorted[0]!)).toBeLessThanOrEqual(1e-8 * scale);
        expect(found.settled).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});

test("of 300 parameters needs far fewer products than parameters", () => {
  let products = 0;
  const curvatures = Array.from({ length: 300 }, (_, i) => 1 + i / 100);
  const counted = (x: Tensor) => {
    products++;
    return bowl([...curvatures, 50], 3)(x);
  };
  const found = curvature(counted)(tensor(new Float64Array(301)));
  expect(found.largest).toBeCloseTo(50, 7);
  expect(found.smallest).toBeCloseTo(1, 3);
  expect(products).toBeLessThan(150);
  expect(found.eigenvalues).toBeUndefined();
});

test("is infinite in its condition where a direction is flat, and has no bound where none bends up", () => {
  const twice = (p: { a: Tensor; b: Tensor }) => p.a.add(p.b).square();
  const flat = curvature(twice)({ a: 1, b: 2 });
  expect(flat.largest).toBeCloseTo(4, 13);
  expect(flat.condition).toBe(Infinity);
  expect(curvature((x: Tensor) => x.square().neg())(1).stableRate).toBe(Infinity);
});

test("of a function that is not finite names the place", () => {
  const edge = (p: { w: Tensor; b: Tensor }) => p.w.sum().add(p.b.log().sum());
  expect(() => curvature(edge)({ w: tensor([1, 2]), b: tensor([1, 0]) })).toThrow(
    "b bends by NaN at entry 1",
  );
});

describe("the stable rate", () => {
  const forms = {
    "heavy ball": (x: number, v: number, g: number, beta: number, rate: number) => {
      const next = beta * v + g;
      return [x - rate * next, next];
    },
    averaged: (x: number, v: number, g: number, beta: number, rate: number) => {
      const next = beta * v + (1 - beta) * g;
      return [x - rate * next, next];
    },
    nesterov: (x: number, v: number, g: number, beta: number, rate: number) => {
      const next = beta * v + g;
      return [x - rate * (g + beta * next), next];
    },
  } as const;

  test.each(Object.entries(forms))(
    "of the %s form parts what arrives from what runs away",
    (name, step) => {
      const form = name as keyof typeof forms;
      for (const momentum of [0, 0.5, 0.9])
        for (const [share, arrives] of [
          [0.99, true],
          [1.01, false],
        ] as const) {
          const rate = share * stableRate(3, { momentum, form });
          let [x, v] = [1, 0];
          for (let t = 0; t < 5000; t++)
            [x, v] = step(x, v, 3 * x, momentum, rate) as [number, number];
          expect(Math.abs(x) < 1e-6).toBe(arrives);
        }
    },
  );

  test.each([1, -0.1, Number.NaN])("refuses a momentum of %d", (momentum) => {
    expect(() => stableRate(1, { momentum })).toThrow("momentum must be");
  });

  test("refuses a curvature that is no number", () => {
    expect(() => stableRate(Number.NaN)).toThrow("The largest curvature is NaN");
  });
});

test("the stable rate is asked of a curvature, not of a function", () => {
  expect(() => stableRate(fourPoints as never)).toThrow("needs the largest curvature, a number");
});
