import fc from "fast-check";
import { expect, test } from "vitest";
import { clipByGlobalNorm, clipByNorm, clipByValue } from "../../src/index.ts";

const gradients = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 8,
});
const limits = fc.double({ noNaN: true, min: 1e-3, max: 1e3 });
const length = (vector: ArrayLike<number>) => Math.hypot(...Array.from(vector));
const near = (limit: number) => limit * (1 + 1e-12);

test("clipping by value bounds every slope and leaves those within as they are", () => {
  fc.assert(
    fc.property(gradients, limits, (gradient, limit) => {
      clipByValue(limit)(gradient).forEach((slope, i) => {
        expect(Math.abs(slope)).toBeLessThanOrEqual(limit);
        if (Math.abs(gradient[i]!) <= limit) expect(slope).toBe(gradient[i]);
      });
    }),
  );
});

test("clipping by global norm bounds the length and keeps the direction", () => {
  fc.assert(
    fc.property(gradients, limits, (gradient, limit) => {
      const clipped = clipByGlobalNorm(limit)(gradient);
      expect(length(clipped)).toBeLessThanOrEqual(near(limit));
      const share = Math.min(1, limit / length(gradient));
      clipped.forEach((slope, i) => {
        const kept = length(gradient) === 0 ? 0 : gradient[i]! * share;
        expect(Math.abs(slope - kept)).toBeLessThanOrEqual(1e-12 * Math.abs(kept));
      });
    }),
  );
});

test("clipping by norm treats each part by itself", () => {
  const parts = [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ];
  expect([...clipByNorm(5)([6, 8, 0.3, 0.4], parts)]).toEqual([3, 4, 0.3, 0.4]);
});

test("clipping by value turns (3, 100) by 43.3 degrees, by norm not at all", () => {
  const angle = (vector: ArrayLike<number>) => (Math.atan2(vector[1]!, vector[0]!) * 180) / Math.PI;
  expect(angle([3, 100]) - angle(clipByValue(1)([3, 100]))).toBeCloseTo(43.3, 1);
  expect(angle(clipByGlobalNorm(1)([3, 100]))).toBeCloseTo(angle([3, 100]), 12);
});

test("a gradient that is given stays as it was", () => {
  const gradient = Float64Array.of(30, 40);
  for (const clip of [clipByValue(1), clipByNorm(1), clipByGlobalNorm(1)]) clip(gradient);
  expect([...gradient]).toEqual([30, 40]);
});

test.each([0, -1, Number.NaN])("a limit of %d is refused", (limit) => {
  for (const clip of [clipByValue, clipByNorm, clipByGlobalNorm])
    expect(() => clip(limit)).toThrow("limit must be a positive number");
});
