import { expect, test } from "vitest";
import {
  activations,
  box,
  gradientCheck,
  gradientFlow,
  histogram,
  strip,
} from "../../src/plot/index.ts";

test("gradient flow is bars up to twelve layers and lines beyond", () => {
  const deep = (depth: number) =>
    gradientFlow({ net: Array.from({ length: depth }, () => 1) }).data[0]!.type;
  expect([deep(12), deep(13)]).toEqual(["bar", "scatter"]);
});

test("gradient flow leaves out layers without a gradient and says so", () => {
  const { data, alt } = gradientFlow({ net: [0, 0.1, Number.NaN] });
  expect(data[0]!.y).toEqual([null, 0.1, null]);
  expect(alt).toContain("net: 2 layers zero or not finite, without a mark.");
  expect(() => gradientFlow({ a: [1, 2] }, { layers: ["one"] })).toThrow(
    "layers and a must have the same length",
  );
});

test("activations put every layer into the same bins", () => {
  const { data, alt } = activations({ wide: [-1, 0, 1], narrow: [0, 0, 0.01] });
  expect(data[0]!.y).toEqual(data[1]!.y);
  const counts = data.map(({ customdata }) => (customdata as number[]).reduce((a, b) => a + b));
  expect(counts).toEqual([3, 3]);
  expect(alt).toContain("wide: mean 0, standard deviation 0.8165.");
});

test("activations of a very deep net show some of its layers and say so", () => {
  const layers = Object.fromEntries(
    Array.from({ length: 30 }, (_, k) => [`layer ${k + 1}`, [k, -k]]),
  );
  const { data, alt } = activations(layers);
  expect(data.length).toBeLessThanOrEqual(11);
  expect(data.at(-1)!.name).toBe("layer 30");
  expect(alt).toMatch(/\d+ of 30 layers shown\./);
});

test("gradient check crosses the entries that differ and names the worst", () => {
  const { data, alt } = gradientCheck({
    analytic: [1, 2, 3.3],
    numeric: [1, 2, 3],
    names: ["a", "b", "c"],
  });
  expect(data.find(({ name }) => name === "differ")).toMatchObject({
    x: [3],
    y: [3.3],
    text: ["c"],
  });
  expect(alt).toContain("Largest relative error 0.09091 at c: 3.3 under test, 3 by differences.");
});

test("gradient check counts an entry that is not a number as different, and two zeros as equal", () => {
  expect(gradientCheck({ analytic: [Number.NaN, 0], numeric: [1, 0] }).layout.title!.text).toBe(
    "1 of 2 entries differ",
  );
});

test("gradient check draws at most 2,000 of very many entries and says so", () => {
  const many = Array.from({ length: 50_000 }, (_, k) => k);
  const { data, alt } = gradientCheck({ analytic: many, numeric: many });
  expect(data[1]!.x!.length).toBeLessThanOrEqual(2000);
  expect(alt).toContain("50,000 pairs, at most 2000 of each kind drawn.");
});

test("a histogram counts every finite value once and the others in words", () => {
  const { data, alt } = histogram({ a: [1, 2, 2, 3, Number.NaN], b: [Infinity, 9] }, { bins: 4 });
  const total = (index: number) => (data[index]!.y as number[]).reduce((sum, each) => sum + each);
  expect([total(0), total(1)]).toEqual([4, 1]);
  expect(data[0]!.x).toEqual([2, 4, 6, 8]);
  expect(data[0]!.y).toEqual([3, 1, 0, 0]);
  expect(alt).toContain("a: 1 value not finite, left out. b: 1 value not finite, left out.");
});

test.each([[[]], [[5, 5, 5]], [[Number.NaN]]])(
  "a histogram of %j is drawn without complaint",
  (values) => {
    expect(histogram({ values }).data[0]!.y!.every((count) => typeof count === "number")).toBe(
      true,
    );
  },
);

test("a histogram of a million values is as small as any", () => {
  const values = new Float64Array(1_000_000).map((_, k) => Math.sin(k));
  expect(JSON.stringify(histogram({ values })).length).toBeLessThan(5000);
});

test("a box keeps every value of a small group and the quantiles of a large one", () => {
  expect(box({ few: [3, 1, 2] }).data[0]!.y).toEqual([3, 1, 2]);
  const many = box({ many: Array.from({ length: 5001 }, (_, k) => k) });
  expect(many.data[0]!.y).toHaveLength(1000);
  expect(many.alt).toContain("median 2500, from 0 to 5000");
});

test("a strip marks the places it is told and leaves out what is not finite", () => {
  const { data, alt } = strip([1, 2, Number.NaN], { mark: { mean: 1.5 } });
  expect(data[0]).toMatchObject({ name: "mean 1.5", x: [1.5, 1.5] });
  expect(data[1]!.x).toEqual([1, 2]);
  expect(alt).toContain("1 value not finite, left out.");
});
