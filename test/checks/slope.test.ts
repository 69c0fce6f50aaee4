import fc from "fast-check";
import { expect, test } from "vitest";
import { noiseAlong, slopeAt } from "../../src/checks/slope.ts";

const at = (f: (x: number) => number, x: number, noise = 2 ** -53 * Math.max(1, Math.abs(f(x)))) =>
  slopeAt({ f, x, centre: f(x), scale: Math.max(1, Math.abs(x)), noise });

const smooth: readonly [string, (x: number) => number, (x: number) => number][] = [
  ["square", (x) => x * x, (x) => 2 * x],
  [
    "exp(sin 3x)",
    (x) => Math.exp(Math.sin(3 * x)),
    (x) => 3 * Math.cos(3 * x) * Math.exp(Math.sin(3 * x)),
  ],
  ["softplus", (x) => Math.log1p(Math.exp(x)), (x) => 1 / (1 + Math.exp(-x))],
  ["exp(20x)", (x) => Math.exp(20 * x), (x) => 20 * Math.exp(20 * x)],
  ["a fast wave", (x) => Math.sin(1e4 * x), (x) => 1e4 * Math.cos(1e4 * x)],
];

test.each(smooth)("%s: the estimated error covers the true one", (_, f, derivative) => {
  fc.assert(
    fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (x) => {
      const { kind, value, error } = at(f, x);
      expect(kind).toBe("smooth");
      expect(Math.abs(value - derivative(x))).toBeLessThanOrEqual(4 * error);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("Ridders' extrapolation is right to twelve digits where one difference has ten", () => {
  const { value } = at((x) => Math.exp(Math.sin(3 * x)), 0.7);
  expect(value).toBeCloseTo(3 * Math.cos(2.1) * Math.exp(Math.sin(2.1)), 11);
});

test("the step follows the function down to where log varies", () => {
  expect(at(Math.log, 1e-9).value / 1e9).toBeCloseTo(1, 9);
});

test("a kink at the point gives its slope from both sides", () => {
  const { kind, left, right } = at((x) => Math.abs(x) + Math.sin(x), 0);
  expect(kind).toBe("corner");
  expect(left).toBeCloseTo(0, 12);
  expect(right).toBeCloseTo(2, 12);
});

test.each([1e-6, -1e-6, 1e-9])("a kink %d away is not a kink here", (x) => {
  const { kind, value } = at(Math.abs, x);
  expect([kind, value]).toEqual(["smooth", Math.sign(x)]);
});

test("a change of curvature alone is not a kink", () => {
  const huber = (x: number) => (Math.abs(x) <= 1 ? (x * x) / 2 : Math.abs(x) - 0.5);
  const { kind, value } = at(huber, 1);
  expect(kind).toBe("smooth");
  expect(value).toBeCloseTo(1, 7);
});

test.each<[string, (x: number) => number]>([
  ["a step", (x) => (x >= 0 ? 1 : 0)],
  ["√|x|", (x) => Math.sqrt(Math.abs(x))],
  ["√x at its end", Math.sqrt],
])("%s has no slope at 0", (_, f) => {
  expect(at(f, 0).kind).toBe("jump");
});

test("where a function ends, the slope of the existing side is found", () => {
  const { kind, value, left } = at((x) => (x < 0 ? Number.NaN : 2 * x + x * x), 0);
  expect([kind, left]).toEqual(["edge", Number.NaN]);
  expect(value).toBeCloseTo(2, 8);
});

test("noise is the size of the last digit in float64 and in float32", () => {
  const wide = noiseAlong((t) => Math.exp(Math.sin(3 * (0.7 + t))), 1e-5);
  const narrow = noiseAlong((t) => Math.fround(Math.exp(Math.fround(0.7 + t))), 1e-5);
  expect(wide).toBeGreaterThan(2e-17);
  expect(wide).toBeLessThan(2e-15);
  expect(narrow).toBeGreaterThan(1e-8);
  expect(narrow).toBeLessThan(1e-6);
});

test("in float32 the error estimate admits what rounding hides", () => {
  const f = (x: number) => Math.fround(Math.fround(x) ** 2);
  const { value, error } = at(f, 1.7, 1e-7);
  expect(Math.abs(value - 3.4)).toBeLessThan(4 * error);
  expect(error).toBeLessThan(1e-4);
});
