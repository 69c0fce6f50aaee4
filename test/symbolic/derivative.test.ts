import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../../src/engine/index.ts";
import {
  asTeX,
  asText,
  derivative,
  evaluate,
  parseFormula,
  simplified,
} from "../../src/symbolic/index.ts";

const derived = (formula: string, by: string) =>
  asText(simplified(derivative(simplified(parseFormula(formula)), by)));

test.each([
  ["softplus(z) - y * z", "z", "sigmoid(z) - y"],
  ["log(1 + exp(z)) - y * z", "z", "sigmoid(z) - y"],
  ["-(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))", "z", "sigmoid(z) - y"],
  ["-(y * log(1 / (1 + exp(-z))) + (1 - y) * log(1 - 1 / (1 + exp(-z))))", "z", "sigmoid(z) - y"],
  ["log(cosh(r))", "r", "tanh(r)"],
  ["r^2 / 2", "r", "r"],
  ["(p - y)^2", "p", "2 * (p - y)"],
  ["abs(r)", "r", "sign(r)"],
  ["max(0, 1 - m)", "m", "1 - m > 0 ? -1 : 0"],
  ["log(exp(a) + exp(b))", "a", "exp(a) / (exp(a) + exp(b))"],
])("the derivative of %s by %s is %s", (formula, by, expected) => {
  expect(derived(formula, by)).toBe(expected);
});

const leaves = ["x", "(x + 2)", "(0.5 * x)", "1.3"];
function composition(next: () => number, depth: number): string {
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)]!;
  if (depth === 0) return pick(leaves);
  const inner = () => composition(next, depth - 1);
  return pick([
    () => `(${inner()} + ${inner()})`,
    () => `(${inner()} - ${inner()})`,
    () => `(${inner()} * ${inner()})`,
    () => `(${inner()} / (2 + (${inner()})^2))`,
    () =>
      `${pick(["exp", "tanh", "sigmoid", "softplus", "logcosh", "sin", "cos", "abs"])}(${inner()})`,
    () => `(${inner()})^${pick(["2", "3"])}`,
    () => `sqrt(1 + (${inner()})^2)`,
    () => `log(1 + exp(${inner()}))`,
    () => `max(${inner()}, ${inner()})`,
  ])();
}

const close = (a: number, b: number, tolerance: number) =>
  !Number.isFinite(a) ||
  !Number.isFinite(b) ||
  Math.abs(a - b) <= tolerance * (1 + Math.abs(a) + Math.abs(b));

test("simplifying, writing and reading back never change a value", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const { next } = random(seed);
      const e = parseFormula(composition(next, 3));
      const short = simplified(e);
      const again = parseFormula(asText(short));
      for (const x of [-1.7, -0.3, 0.4, 2.1]) {
        if (Math.abs(evaluate(e, { x })) > 1e12) continue;
        expect(close(evaluate(short, { x }), evaluate(e, { x }), 1e-9)).toBe(true);
        expect(close(evaluate(again, { x }), evaluate(e, { x }), 1e-9)).toBe(true);
      }
      expect(asTeX(short)).not.toContain("undefined");
    }),
    { seed: 5, numRuns: 300 },
  );
});

test("the derivative agrees with differences", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const { next } = random(seed);
      const e = parseFormula(composition(next, 3));
      const slope = simplified(derivative(e, "x"));
      for (const x of [-1.7, -0.3, 0.4, 2.1]) {
        const f = (at: number) => evaluate(e, { x: at });
        const h = 1e-5;
        const [left, right] = [(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h];
        // Only smooth places with moderate slopes; kinks are judged elsewhere.
        if (Math.abs(f(x)) > 1e3 || Math.abs(left - right) > 1e-2) continue;
        expect(close(evaluate(slope, { x }), (left + right) / 2, 1e-5)).toBe(true);
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});

test("TeX looks like a textbook", () => {
  expect(asTeX(parseFormula("(p - y)^2 / 2"))).toBe("\\frac{\\left(p - y\\right)^{2}}{2}");
  expect(asTeX(parseFormula("abs(r) <= delta ? r^2 : 2 * delta"))).toBe(
    "\\begin{cases}r^{2} & \\text{if } \\left|r\\right| \\le \\delta \\\\ 2 \\, \\delta & \\text{otherwise}\\end{cases}",
  );
});
