import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ownTicks,
  roundTicks,
  tickText,
} from "../../../../../kernel/display/pictures/solid/ticks.ts";

test("ticks are round numbers", () => {
  expect(roundTicks(-2, 2)).toEqual([-2, -1, 0, 1, 2]);
  expect(roundTicks(0, 0.3)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
});

test("ticks lie between the ends, a handful of them", () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(value, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (low, length) => {
      const ticks = roundTicks(low, low + length);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(8);
      const slack = length * 1e-6;
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(low - slack);
        expect(tick).toBeLessThanOrEqual(low + length + slack);
      }
    }),
  );
});

test("a negative number has a real minus sign", () => {
  expect(tickText(-0.5)).toBe("−0.5");
});

test("an axis that names its ticks has these, as far as they are in its range", () => {
  const axis = { tickvals: [-1, 0, 1, 5], ticktext: ["0.1", "1", "10", "far"] };
  expect(ownTicks(axis, -1.2, 2)?.map(({ text }) => text)).toEqual(["0.1", "1", "10"]);
  expect(ownTicks({ tickvals: [-2] }, -3, 0)).toEqual([{ value: -2, text: "−2" }]);
  expect(ownTicks({}, 0, 1)).toBeUndefined();
});
