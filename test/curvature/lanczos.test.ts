import { expect, test } from "vitest";
import { type Ends, lanczos } from "../../src/curvature/index.ts";
import { random } from "../../src/engine/index.ts";

type Matrix = readonly (readonly number[])[];

const product = (matrix: Matrix) => (v: Float64Array) =>
  Float64Array.from(matrix, (row) => row.reduce((sum, entry, j) => sum + entry * v[j]!, 0));

/** A symmetric matrix of random entries. */
function symmetric(size: number, seed: number): Matrix {
  const { data } = random(seed).normal([size, size]);
  const row = (i: number) => Array.from(data.slice(i * size, (i + 1) * size));
  return Array.from({ length: size }, (_, i) => row(i).map((entry, j) => entry + row(j)[i]!));
}

function expectDirection(matrix: Matrix, ends: Ends, end: "smallest" | "largest") {
  const direction = ends.direction(end);
  expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
  product(matrix)(direction).forEach((entry, i) => {
    expect(entry).toBeCloseTo(ends[end] * direction[i]!, 9);
  });
}

test.each([1, 2, 3, 7, 30])("in its two directions a matrix of %i rows only stretches", (size) => {
  const matrix = symmetric(size, size);
  const ends = lanczos(product(matrix), size, size, -1);
  expectDirection(matrix, ends, "smallest");
  expectDirection(matrix, ends, "largest");
});

test("finds the ends also where eigenvalues coincide or the matrix falls apart", () => {
  const sizes = [5, -2, 5, 0, 0, -2];
  const matrix = sizes.map((size, i) => sizes.map((_, j) => (i === j ? size : 0)));
  const ends = lanczos(product(matrix), 6, 6, -1);
  expect([ends.smallest, ends.largest].map((end) => Math.round(end * 1e9) / 1e9)).toEqual([-2, 5]);
  expectDirection(matrix, ends, "smallest");
  expectDirection(matrix, ends, "largest");
});
