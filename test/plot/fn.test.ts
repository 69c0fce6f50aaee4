import { expect, test } from "vitest";
import { fn } from "../../src/plot/index.ts";
import { kinks } from "../../src/plot/sampling.ts";

const points = (figure: ReturnType<typeof fn>, trace: number) => {
  const { x, y } = figure.data[trace]!;
  return x!.map((each, index) => [each, y![index]] as [number, number | null]);
};

test("draws the function itself", () => {
  for (const [x, y] of points(
    fn((e) => e * e, { range: [-2, 5] }),
    0,
  ))
    expect(y).toBeCloseTo(x * x, 3);
});

test("finds the slope by differences, to the digits it shows", () => {
  for (const [x, y] of points(fn(Math.exp, { deriv: true }), 1))
    expect(y! / Math.exp(x)).toBeCloseTo(1, 4);
});

test("takes an exact slope when given one", () => {
  const figure = fn({ sine: Math.sin }, { deriv: { sine: () => 42 } });
  expect(points(figure, 1).every(([, y]) => y === 42)).toBe(true);
});

test("evaluates only inside the range, so that a function may end there", () => {
  const asked: number[] = [];
  fn((x) => asked.push(x), { range: [0, 1], deriv: true });
  expect(Math.min(...asked)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...asked)).toBeLessThanOrEqual(1);
});

test("breaks the slope at a kink and gives it both of its values there", () => {
  const slope = points(
    fn((x) => Math.abs(x - 0.7), { deriv: true }),
    1,
  );
  const gap = slope.findIndex(([, y]) => y === null);
  expect(slope[gap - 1]).toEqual([0.7, -1]);
  expect(slope[gap + 1]).toEqual([0.7, 1]);
});

test("breaks the curve at a jump", () => {
  const step = points(
    fn((x) => (x < 1 ? 0 : 5)),
    0,
  );
  const gap = step.findIndex(([, y]) => y === null);
  expect([step[gap - 1], step[gap + 1]]).toEqual([
    [1, 0],
    [1, 5],
  ]);
});

test.each([
  [Math.abs, [0]],
  [(x: number) => Math.max(0, 1 - x), [1]],
  [(x: number) => Math.abs(Math.abs(x) - 2), [-2, 0, 2]],
  [Math.cosh, []],
  [(x: number) => Math.tanh(8 * x), []],
  [(x: number) => (Math.abs(x) < 1 ? (x * x) / 2 : Math.abs(x) - 0.5), []],
  [Math.sqrt, []],
])("finds the kinks of %s", (f, seams) => {
  expect(kinks(f, [-3, 3]).map((at) => Number(at.toFixed(4)) + 0)).toEqual(seams);
});

test("leaves a gap where the function is not finite, and says how much", () => {
  const { alt, layout } = fn(Math.log, { range: [-1, 1], points: 241 });
  expect(alt).toContain("log is not finite at 121 of 241 samples");
  expect(layout.annotations?.some(({ text }) => String(text).includes("not finite"))).toBe(true);
});

test("takes a function that gives a tensor", () => {
  const figure = fn((x) => ({ item: () => 2 * x }));
  expect(figure.alt).toContain("values -6 to 6");
});

test("refuses an empty range in the caller's words", () => {
  expect(() => fn(Math.abs, { range: [3, -3] })).toThrow(
    "range must be two finite numbers, the smaller first, but it is [3, -3]",
  );
  expect(() => fn({})).toThrow("fn needs at least one function");
});
