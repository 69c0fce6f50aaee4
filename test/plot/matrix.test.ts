import { expect, test } from "vitest";
import { metrics, plot } from "../../src/index.ts";

test("a confusion matrix is drawn as it comes, under the numbers of its classes", () => {
  const found = metrics.confusionMatrix([3, 3, 7, 7, 7], [3, 7, 7, 7, 3]);
  const figure = plot.matrix(found);
  expect(figure.alt).toContain("3: 1 3, 1 7. 7: 1 3, 2 7.");
  expect(figure).toEqual(plot.matrix(found.counts, { rows: ["3", "7"] }));
  expect(plot.matrix(found, { rows: ["cat", "dog"] }).alt).toContain("cat: 1 cat, 1 dog");
});
