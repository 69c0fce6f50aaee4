import { expect, test } from "vitest";
import {
  adam,
  cosineDecay,
  gradientDescent,
  lbfgs,
  levenbergMarquardt,
  newton,
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
