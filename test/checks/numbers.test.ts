import { expect, test } from "vitest";
import { isSingle, largestSize } from "../../src/checks/numbers.ts";

test("the largest size of a million slopes is found, though they are too many to be arguments", () => {
  const slopes = new Float64Array(1_000_000);
  slopes[765_432] = -3;
  expect(largestSize(slopes)).toBe(3);
});

test.each([
  [[Math.fround(1 / 3), Math.fround(0.1), -2], true],
  [[-99.25, -9.5, 0, 1024], false],
  [[1 / 3, 0.5], false],
  [[Number.NaN], false],
  [[1e300, 2], false],
])("numbers computed in float32 are told by their 24 bits: %o %o", (numbers, single) => {
  expect(isSingle(numbers)).toBe(single);
});
