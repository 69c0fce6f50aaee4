import fc from "fast-check";
import { expect, test } from "vitest";
import { addTo, distance, lengthOf, lengthsOf } from "../../src/training/vectors.ts";

const vector = fc.float64Array({ noNaN: true, minLength: 4, maxLength: 40 });

test("lengths in one pass are those of each part and of the whole, to the last bit", () => {
  fc.assert(
    fc.property(vector, fc.nat(), (numbers, at) => {
      const cut = at % numbers.length;
      const parts = [
        { start: 0, end: cut },
        { start: cut, end: numbers.length },
      ];
      const each = parts.map((part) => lengthOf(numbers, part));
      expect(lengthsOf(numbers, parts)).toEqual([...each, lengthOf(numbers)]);
    }),
  );
});

test("the distance of two points is the length of the way between them, to the last bit", () => {
  fc.assert(
    fc.property(vector, vector, (one, other) => {
      const [from, to] = [one.slice(0, 4), other.slice(0, 4)];
      expect(distance(from, to)).toBe(lengthOf(to.map((value, i) => value - from[i]!)));
    }),
  );
});

test("a vector is added in its share", () => {
  const sum = Float64Array.of(1, 2);
  addTo(sum, Float64Array.of(10, 100), 0.5);
  expect([...sum]).toEqual([6, 52]);
  addTo(sum, Float64Array.of(1, 1));
  expect([...sum]).toEqual([7, 53]);
});
