import { expect, test } from "vitest";
import { largestSize } from "../../src/checks/numbers.ts";

test("the largest size of a million slopes is found, though they are too many to be arguments", () => {
  const slopes = new Float64Array(1_000_000);
  slopes[765_432] = -3;
  expect(largestSize(slopes)).toBe(3);
});
