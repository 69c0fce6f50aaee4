import { expect, test } from "vitest";
import { differentiability } from "../../src/checks/index.ts";
import { hinge, huber, logCosh, mae, mse, quantile } from "../../src/losses/index.ts";

test.each([
  ["abs(x - 2)", 2, -1, 1],
  ["max(0, 1 - m)", 1, -1, 0],
  ["abs(x) + x^2 + sin(x)", 0, 0, 2],
  ["min(x, 3)", 3, 1, 0],
  ["x < 1.25 ? x : 2 * x - 1.25", 1.25, 1, 2],
] as const)("%s has its kink at %d, with slopes %d and %d", (formula, at, left, right) => {
  const { verdict, kinks, smoothness } = differentiability(formula);
  expect(verdict).toBe("kinks");
  expect(kinks).toHaveLength(1);
  expect(kinks[0]!.at).toBeCloseTo(at, 9);
  expect(kinks[0]!.left).toBeCloseTo(left, 6);
  expect(kinks[0]!.right).toBeCloseTo(right, 6);
  expect(smoothness).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  "x^2",
  "exp(x)",
  "log(1 + exp(x))",
  "abs(x) * x",
  "abs(x) <= 1 ? x^2 / 2 : abs(x) - 1/2",
])("%s is smooth, though it may be made of pieces", (formula) => {
  expect(differentiability(formula).verdict).toBe("smooth");
});

test("jumps and infinite slopes are told apart", () => {
  expect(differentiability("x >= 1 ? 1 : 0").kinks).toMatchObject([{ at: 1, kind: "jump" }]);
  expect(differentiability("sign(x)").kinks).toMatchObject([{ at: 0, kind: "jump" }]);
  expect(differentiability("sqrt(abs(x))").kinks).toMatchObject([{ at: 0, kind: "vertical" }]);
  expect(differentiability("sqrt(abs(x))").verdict).toBe("kinks");
});

test("a pole is named as the place without a value", () => {
  const { verdict, kinks, sentence } = differentiability("1 / x");
  expect(verdict).toBe("jumps");
  expect(kinks).toMatchObject([{ at: 0, kind: "undefined" }]);
  expect(sentence).toContain("except at x = 0 (it has no value there)");
});

test.each([
  ["abs(abs(x) - 2)", [-2, 0, 2]],
  ["min(abs(x), 1)", [-1, 0, 1]],
  ["abs(x - 7.3) + abs(x + 2.1)", [-2.1, 7.3]],
  ["max(x, x^2)", [0, 1]],
  ["max(1 - x, 0, x - 3)", [1, 3]],
  ["x < 1 ? x : x^2", [1]],
  ["abs(x - 0.001)", [0.001]],
] as const)("%s has all of its kinks found", (formula, places) => {
  const { kinks } = differentiability(formula);
  expect(kinks.map(({ at }) => Math.round(at * 1e9) / 1e9)).toEqual(places);
});

test("the bounds are those of the text: σ is 1/4-Lipschitz, squared error 2-smooth", () => {
  expect(differentiability("sigmoid(z)").lipschitz).toBeCloseTo(0.25, 2);
  expect(differentiability("sigmoid(z)").lipschitz).toBeGreaterThanOrEqual(0.25);
  expect(differentiability("r^2").smoothness).toBeCloseTo(2, 9);
  expect(differentiability("r^2", { range: [-3, 3] }).lipschitz).toBeCloseTo(6, 1);
});

test.each([mse(), mae(), huber(), logCosh(), hinge(), quantile()])(
  "$name: kinks only at its seams, steepness as it says",
  (loss) => {
    const { kinks, lipschitz } = differentiability(loss);
    for (const { at } of kinks)
      expect(loss.seams.some((seam) => Math.abs(seam - at) < 1e-9)).toBe(true);
    if (Number.isFinite(loss.steepest)) {
      expect(lipschitz).toBeGreaterThanOrEqual(loss.steepest * (1 - 1e-6));
      expect(lipschitz).toBeLessThan(loss.steepest * 1.02);
    }
  },
);
