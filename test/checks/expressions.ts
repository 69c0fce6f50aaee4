import type { FormulaOptions } from "../../src/symbolic/index.ts";

const y = { parameters: { y: 0.3 } };
const p01 = { ...y, domain: { p: [0, 1] } } as const;

/** Every expression, with whether it is convex; `open` ones may stay undecided. */
export const expressions: readonly (readonly [
  name: string,
  formula: string,
  convex: boolean,
  options?: FormulaOptions,
])[] = [
  ["squared error", "(p - y)^2", true, y],
  ["absolute error", "abs(p - y)", true, y],
  ["Huber in pieces", "abs(r) <= 1 ? r^2 / 2 : abs(r) - 1/2", true],
  ["a broken Huber", "abs(r) <= 1 ? r^2 / 2 : abs(r)", false],
  ["log cosh", "log(cosh(p - y))", true, y],
  ["cross-entropy in p", "-(y * log(p) + (1 - y) * log(1 - p))", true, p01],
  [
    "weighted cross-entropy with 1e-7",
    "-(0.8 * log(p + 1e-7) + 0.2 * log(1 - p + 1e-7))",
    true,
    { domain: { p: [0, 1] } },
  ],
  [
    "cross-entropy of σ(z), written out",
    "-(y * log(1 / (1 + exp(-z))) + (1 - y) * log(1 - 1 / (1 + exp(-z))))",
    true,
    y,
  ],
  ["cross-entropy with logits, stable", "max(z, 0) - y * z + log(1 + exp(-abs(z)))", true, y],
  ["hinge", "max(0, 1 - m)", true],
  ["squared hinge", "max(0, 1 - m)^2", true],
  ["pinball", "max(0.9 * (y - p), 0.1 * (p - y))", true, y],
  ["pseudo-Huber", "sqrt(1 + (p - y)^2) - 1", true, y],
  ["focal", "(1 - sigmoid(z))^2 * log(1 + exp(-z))", false],
  ["squared error of σ(z)", "(sigmoid(z) - 0)^2", false],
  ["squared error of tanh", "(tanh(w) - y)^2", false, y],
  ["Cauchy", "log(1 + r^2)", false],
  ["Welsch", "1 - exp(-r^2)", false],
  ["x³", "x^3", false],
  ["x⁴", "x^4", true],
  ["sin x", "sin(x)", false],
  ["x² + sin x", "x^2 + sin(x)", true],
  ["x² + 3 sin x", "x^2 + 3 * sin(x)", false],
  ["x⁴ − x²", "x^4 - x^2", false],
  ["x⁴ + x²/2 − x²/2", "x^4 + x^2 / 2 - x^2 / 2", true],
  ["x log x", "x * log(x)", true],
  ["Dice of one pixel", "1 - 2 * p / (1 + p)", true, { domain: { p: [0, 1] } }],
  ["a smooth maximum, written out", "log(exp(x) + 3 * exp(-2 * x) + exp(x^2))", true],
  ["a smooth maximum, less than a smooth one", "log(exp(x) + exp(2 * x)) - 2 * softplus(x)", false],
  ["eˣ x² on [0, 5]", "exp(x) * x^2", true, { domain: { x: [0, 5] } }],
];
