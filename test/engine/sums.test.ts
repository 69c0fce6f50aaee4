import { describe, expect, test } from "vitest";
import { compile, full, mean, sum, type Tensor, tensor } from "../../src/engine/index.ts";

/** How many units in the last place a number is off. */
const units = (ours: number, exact: number, digits = 52) =>
  Math.abs(ours - exact) / 2 ** (Math.floor(Math.log2(Math.abs(exact))) - digits);

const lengths = [3, 31, 33, 127, 129, 1000, 1025, 100_003];

describe.each([0.1, 0.7, 1.1, 123.456])("the mean of numbers that are all %d", (number) => {
  test.each(lengths)("is that number within 4 units, of %d of them in any direction", (length) => {
    expect(units(mean(full([length], number)).item(), number)).toBeLessThanOrEqual(4);
    for (const each of mean(full([length, 3], number), 0).data)
      expect(units(each, number)).toBeLessThanOrEqual(4);
    for (const each of mean(full([2, length], number), 1).data)
      expect(units(each, number)).toBeLessThanOrEqual(4);
  });

  test("is it in float32 within 4 of its units, too", () => {
    const single = Math.fround(number);
    for (const length of lengths)
      expect(units(mean(full([length], single, "float32")).item(), single, 23)).toBeLessThanOrEqual(
        4,
      );
  });

  test("is the same when it is added up in a compiled loop", () => {
    for (const length of lengths) {
      const f = (x: Tensor) => x.mul(3).sum();
      const compiled = compile(f);
      compiled(full([length], 1));
      expect(compiled(full([length], number)).item()).toBe(f(full([length], number)).item());
    }
  });
});

test("sums of infinite numbers stay infinite, however long, and NaN stays NaN", () => {
  const with_ = (value: number) => Array.from({ length: 500 }, (_, i) => (i === 300 ? value : 1));
  for (const value of [Infinity, -Infinity, Number.NaN]) {
    expect(sum(with_(value)).item()).toBe(value);
    expect(sum(tensor(with_(value)).reshape([250, 2]), 0).data[0]).toBe(value);
  }
});

test("whole numbers add up exactly in every direction", () => {
  const numbers = tensor(Array.from({ length: 6000 }, (_, i) => i));
  expect(sum(numbers).item()).toBe(17_997_000);
  expect(sum(numbers.reshape([2000, 3]), 0).toArray()).toEqual([5_997_000, 5_999_000, 6_001_000]);
  expect(sum(numbers.reshape([5, 300, 4]), 1).data[19]).toBe(
    sum(numbers.reshape([5, 300, 4]).slice(4, 5, 0).slice(3, 4, 2)).item(),
  );
});
