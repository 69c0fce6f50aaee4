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
