import { describe, expect, test } from "vitest";
import {
  compile,
  full,
  grad,
  mean,
  random,
  sum,
  type Tensor,
  tensor,
} from "../../src/engine/index.ts";

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

describe.each(["float64", "float32"] as const)("in %s", (dtype) => {
  const list = (seed: number, length: number) => tensor(random(seed).normal([length]), { dtype });

  test("a mean is the sum divided by how many there are, to the last bit", () => {
    for (const length of [1, 2, 3, 7, 100, ...lengths])
      expect(mean(list(1, length)).item()).toBe(sum(list(1, length)).div(length).item());
    expect(mean(list(1, 0)).item()).toBeNaN();
  });

  test("the slope by a number is the sum of what flows to each place, to the last bit and however long", () => {
    for (let length = 1; length <= 140; length++) {
      const [x, y] = [list(2, length), list(3, length)];
      const slope = grad((w: Tensor) => x.mul(w).mul(y).mean());
      const shares = tensor(1, { dtype }).div(length).spreadTo([length]);
      expect(slope(tensor(0.5, { dtype })).item()).toBe(shares.mul(y).mul(x).sum().item());
    }
  });

  test("the slope of a line is the same in a compiled function, to the last bit", () => {
    for (const length of [1, 3, 4, 9, 127, 128, 129, 1000]) {
      const [x, y] = [list(4, length), list(5, length)];
      const slope = grad((w: Tensor) => w.mul(x).sub(y).square().mean());
      const [w, compiled] = [tensor(0.3, { dtype }), compile(slope)];
      compiled(tensor(0, { dtype }));
      expect(compiled(w).item()).toBe(slope(w).item());
    }
  });
});

test("the slope of a slope by a number passes through both sums", () => {
  const x = tensor([0.5, -1, 2]);
  const second = grad((w: Tensor) => grad((w: Tensor) => x.mul(w).exp().mean())(w));
  expect(second(0.3)).toBeCloseTo(x.square().mul(x.mul(0.3).exp()).mean().item(), 14);
});

test("a number's own product is no sum: its slope may be −0", () => {
  expect(grad((w: Tensor) => w.mul(-0))(1)).toBe(-0);
});
