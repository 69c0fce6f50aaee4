import { expect, test } from "vitest";
import { chord } from "../../src/plot/index.ts";

test("marks where the curve rises highest above its chord", () => {
  // x⁴ − 2x² from −1 to 1: the chord lies at −1, the curve at 0 in the middle.
  const { data, layout } = chord((x) => x ** 4 - 2 * x * x, -1, 1);
  expect(data.map(({ name }) => name)).toEqual(["f", "chord", "1 above"]);
  expect(data[2]).toMatchObject({ x: [0, 0], y: [-1, 0] });
  expect(layout.title!.text).toContain("Not convex");
});

test.each([
  ["a parabola", (x: number) => x * x],
  ["a straight line, which lies on its chord", (x: number) => 0.1 * x + 0.3],
  ["a constant", () => 7],
])("finds nothing to mark on %s", (_, f) => {
  expect(chord(f, -1.3, 2.7).data).toHaveLength(2);
});

test("refuses ends in the wrong order", () => {
  expect(() => chord(Math.abs, 1, -1)).toThrow(
    "The chord must be two finite numbers, the smaller first",
  );
});
