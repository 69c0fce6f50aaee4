import { expect, test } from "vitest";
import * as losses from "../../src/losses/index.ts";
import { derive, evaluate, parseFormula } from "../../src/symbolic/index.ts";

type Made = {
  readonly name: string;
  readonly formula: readonly unknown[];
  readonly argument: string;
};

const makers = Object.entries(losses).filter(
  ([name, maker]) => typeof maker === "function" && !/^define|^[A-Z]/.test(name),
);

/** No loss, and a loss that is a sum over pairs of components, which is refused below. */
const others = ["rowDistance", "multilabelMargin"];
const all = makers
  .filter(([name]) => !others.includes(name))
  .map(([name, maker]) => ({ name, loss: (maker as () => Made)() as never }));

test("the losses are found", () => {
  expect(all.length).toBeGreaterThan(30);
});

test.each(["worst", "sum", "torch"] as const)(
  "the multiclass hinge is derived in its variant %s",
  (variant) => {
    const { steps, by } = derive(losses.multiclassHinge({ variant }));
    expect(by).toBe("z");
    expect(Math.max(...steps.map(({ error }) => error))).toBeLessThan(1e-6);
  },
);

test("a sum over pairs of components is refused, and not read as something else", () => {
  expect(() => derive(losses.multilabelMargin())).toThrow(
    "A map within a map runs over pairs of components, which cannot be derived",
  );
  expect(derive("sum(map(map(z, f(x) = x^2), g(u) = u + 1))", { by: "z" }).result).toBe("2 * z");
});

test("the derivative of the worst variant is that of the winner, away from the label", () => {
  const { result, steps } = derive(losses.multiclassHinge());
  const at = {
    rows: { z: [2, 1.5, 0], t: [1, 0, 0], w: [0, 1, 0] },
    names: { c: 1, z: 1.5, t: 0, w: 1 },
  };
  expect(evaluate(parseFormula(result), at.names, at.rows)).toBeCloseTo(1, 12);
  expect(steps[0]!.rule).toContain("winner");
});

test("of a mean and a variance both have a derivative", () => {
  expect(derive(losses.gaussianNll()).result).toBe("(z_1 - y) / z_2");
  expect(derive(losses.gaussianNll(), { by: "z_2" }).result).toBe(
    "1 / (2 * z_2) - (y - z_1)^2 / (2 * z_2^2)",
  );
});

test.each(all)("every step of the derivative of $name agrees with measured slopes", ({ loss }) => {
  const { steps, tex, result } = derive(loss);
  expect(steps.length).toBeGreaterThan(0);
  expect(Math.max(...steps.map(({ error }) => error))).toBeLessThan(1e-6);
  expect(steps.every(({ rule, text }) => rule && text)).toBe(true);
  expect(tex + result).not.toMatch(/undefined|NaN/);
});

test("the result is the loss's gradient by hand", () => {
  for (const loss of [
    losses.mse(),
    losses.huber({ delta: 1.3 }),
    losses.logCosh(),
    losses.bceWithLogits(),
    losses.hinge(),
  ]) {
    const { result, by } = derive(loss);
    const e = parseFormula(result);
    for (const x of [-2.7, -0.4, 0.3, 1.9])
      expect(
        evaluate(e, { ...(loss.parameters as Record<string, number>), [by]: x, y: 1 }),
      ).toBeCloseTo(loss.gradient(x, 1), 12);
  }
});

test("the result has the textbook's form", () => {
  expect(derive("log(1 + exp(z)) - y * z", { by: "z" }).result).toBe("sigmoid(z) - y");
  expect(derive("log(sum(exp(z))) - sum(t .* z)", { by: "z" }).tex).toBe(
    "\\frac{e^{z_{j}}}{\\sum_k e^{z_{k}}} - t_{j}",
  );
  expect(derive(losses.huber()).result).toBe("abs(r) <= delta ? r : delta * sign(r)");
});

test("a softmax inside a sum is differentiated through its denominator as well", () => {
  const { result } = derive(losses.categoricalCrossEntropy());
  expect(result).toBe("sum(t) * exp(z) / sum(exp(z)) - t");
});

test("components are names of their own", () => {
  expect(derive("(log(z[2]) + (y - z[1])^2 / z[2]) / 2", { by: "z_1" }).result).toBe(
    "(z_1 - y) / z_2",
  );
});

test("each step names its rule", () => {
  const rules = derive("(p - y)^2 + abs(p)", { by: "p" })
    .steps.map(({ rule }) => rule)
    .join("\n");
  expect(rules).toContain("power rule");
  expect(rules).toContain("absolute value rule");
  expect(rules).toContain("sum rule");
});

test("what to differentiate by must be clear", () => {
  expect(() => derive("a * b")).toThrow("not clear what to differentiate by");
});
