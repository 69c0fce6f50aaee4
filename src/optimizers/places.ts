import type { Part } from "./Optimizer.ts";

/** Where each parameter begins in the list of all numbers, and how many numbers it has. */
export type Places = readonly (readonly [start: number, length: number])[];

export const placesOf = (parts: readonly Part[]): Places =>
  parts.map(({ start, shape }) => [start, shape.reduce((size, axis) => size * axis, 1)]);

/** The Euclidean length of some numbers of a list. */
export function lengthOf(list: ArrayLike<number>, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += list[i]! ** 2;
  return Math.sqrt(sum);
}
