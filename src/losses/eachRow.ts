import type { Shape, Values } from "../engine/index.ts";

/** Hands over two tables row by row, as plain numbers. */
export function eachRow(
  left: Values,
  right: Values,
  shape: Shape,
  does: (left: number[], right: number[], row: number) => void,
): void {
  const width = shape.at(-1)!;
  const rowOf = (all: Values, row: number) =>
    Array.from(all.subarray(row * width, (row + 1) * width));
  for (let row = 0; row * width < left.length; row++)
    does(rowOf(left, row), rowOf(right, row), row);
}

/** How an operation on two tables computes a row of its result from a row of each. */
export const rowFrom =
  (f: (left: readonly number[], right: readonly number[]) => readonly number[]) =>
  (result: Values, [left, right]: readonly Values[], [shape]: readonly Shape[]): void =>
    eachRow(left!, right!, shape!, (a, b, i) => result.set(f(a, b), i * a.length));
