import { expect, test } from "vitest";
import {
  adam,
  cosineDecay,
  gradientDescent,
  lbfgs,
  levenbergMarquardt,
  minimize,
  newton,
  problemOf,
  reduceOnPlateau,
} from "../../src/index.ts";

type Bundle = Record<string, string>;
const bundleOf = (value: object): Bundle =>
  (value as Record<symbol, () => Bundle>)[Symbol.for("Jupyter.display")]!();

test("an optimizer shows its rule in TeX, line by line, and its settings", () => {
  const bundle = bundleOf(gradientDescent({ learningRate: 0.1 }));
  expect(bundle["text/markdown"]).toContain("**Gradient descent** (learningRate = 0.1)");
  expect(bundle["text/markdown"]).toContain(
    String.raw`$$\begin{aligned} & \theta \leftarrow \theta - \alpha\, g \end{aligned}$$`,
  );
  expect(bundle["text/plain"]).toContain("learningRate = 0.1");
});

test("a rule of several lines has as many rows", () => {
  const { rule } = adam();
  const rows = bundleOf(adam())["text/markdown"]!.split(String.raw` \\ `);
  expect(rows.length).toBe(rule.length);
});

test("a schedule among the settings goes by its name", () => {
  const bundle = bundleOf(adam({ learningRate: cosineDecay() }));
  expect(bundle["text/plain"]).toContain("learningRate = Cosine decay");
});

test.each([lbfgs(), newton(), levenbergMarquardt()])("$name shows itself as well", (minimizer) => {
  expect(bundleOf(minimizer)["text/markdown"]).toContain(`**${minimizer.name}**`);
});

test("a schedule shows its formula and its settings", () => {
  const bundle = bundleOf(cosineDecay({ steps: 7 }));
  expect(bundle["text/markdown"]).toContain(String.raw`$$\alpha_t = \alpha_T`);
  expect(bundle["text/plain"]).toContain("steps:7");
});

test("a descent is shown by how it ended, and not by all its states", () => {
  const problem = problemOf((p) => p.w.sub(3).square(), { w: 0 });
  const found = minimize(newton(), problem, problem.start);
  expect(bundleOf(found)["text/plain"]).toMatch(
    /^Newton has arrived after 1 step and 2 evaluations; the value is [\d.e-]+\.$/,
  );
  const short = minimize(lbfgs(), problem, problem.start, { steps: 0 });
  expect(bundleOf(short)["text/plain"]).toContain("L-BFGS is not there yet after 0 steps");
  expect(Object.keys(found)).toEqual(["last", "states"]);
});

test("a plateau shows its settings", () => {
  expect(bundleOf(reduceOnPlateau({ patience: 3 }))["text/plain"]).toMatch(
    /^Reduce on plateau \(rate = 0.1, .*patience = 3/,
  );
});
