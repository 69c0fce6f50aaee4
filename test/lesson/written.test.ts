import { expect, test } from "vitest";
import { kindOf, written } from "../../src/lesson/written.ts";

const tensor = { shape: [2, 1], toArray: () => [[1], [0.5]] };

test.each([
  [1 / 3, "0.333333"],
  [1e-9, "1e-9"],
  [123456789, "123456789"],
  [3.3488576535e38, "3.34886e+38"],
  ["w", "w"],
  [undefined, "undefined"],
  [() => 3, "() => 3"],
  [Math.sin, "sin"],
  [
    Object.assign(() => "a function whose code is too long to be read at a glance", {}),
    "a function",
  ],
  [new Float64Array([1, 2.5]), "[1, 2.5]"],
  [{ w: 1.98971234, b: [0] }, "{ w: 1.98971, b: [0] }"],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9], "[1, 2, 3, 4, 5, 6, …]"],
  [tensor, "[[1], [0.5]]"],
])("%o is written as %s", (value, text) => {
  expect(written(value)).toBe(text);
});

test.each([
  [null, "null"],
  [true, "a boolean"],
  [[1, 2], "an array of 2"],
  [{ w: 1, b: 2 }, "a record with w, b"],
  [{}, "a record with no entries"],
  [tensor, "a tensor of shape [2, 1]"],
])("%o is called %s", (value, text) => {
  expect(kindOf(value)).toBe(text);
});
