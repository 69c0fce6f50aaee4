import { expect, test } from "vitest";
import { exactFit } from "../../../src/checks/causes/fit.ts";

test("finds the coefficients with which columns make up a target", () => {
  const columns = [
    [1, 0, 2, -1],
    [0, 1, 1, 3],
    [2, -1, 0.5, 0],
  ];
  const target = columns[0]!.map((_, i) => 2 * columns[0]![i]! - 3 * columns[2]![i]!);
  const fit = exactFit(columns, target, 1e-9);
  expect(fit?.map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([2, 0, -3]);
});

test("gives none where the columns do not reach the target, or do so in many ways", () => {
  expect(
    exactFit(
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      [1, 1, 1],
      1e-9,
    ),
  ).toBeUndefined();
  expect(
    exactFit(
      [
        [1, 2],
        [2, 4],
      ],
      [3, 6],
      1e-9,
    ),
  ).toBeUndefined();
});
