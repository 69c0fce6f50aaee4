import { random } from "../engine/index.ts";
import { eigenvectorOf, endsOf } from "./tridiagonal.ts";

/** Gives the product of a symmetric matrix with a vector. */
export type Product = (vector: Float64Array) => Float64Array;

/** The ends of a spectrum, and how sure they are. */
export interface Ends {
  readonly smallest: number;
  readonly largest: number;
  /** How many products it took. */
  readonly products: number;
  /** Whether both ends had stopped moving. */
  readonly settled: boolean;
  /** The direction of length 1 in which the matrix stretches by `smallest` or by `largest`. */
  direction(end: "smallest" | "largest"): Float64Array;
}

/**
 * The smallest and largest eigenvalue of a symmetric matrix that is only known by its products.
 * Lanczos: in the space of v, Av, A²v, … the matrix is tridiagonal, and its ends come out first.
 * Each new direction is made orthogonal to all earlier ones, so that rounding brings no ghosts.
 * With a tolerance below 0 it goes on until all directions are used, or as many as may be spent.
 *
 * Source: Lanczos (1950), An Iteration Method for the Solution of the Eigenvalue Problem of Linear
 * Differential and Integral Operators. doi:10.6028/jres.045.026
 */
export function lanczos(product: Product, length: number, most: number, tolerance: number): Ends {
  const directions = [unit(random(1).normal([length]).data.slice())];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let ends = { smallest: NaN, largest: NaN };
  const found = (settled: boolean): Ends => ({
    ...ends,
    products: diagonal.length,
    settled,
    direction: (end) =>
      combined(
        directions,
        eigenvectorOf({ diagonal, beside: beside.slice(0, diagonal.length - 1) }, ends[end]),
      ),
  });
  while (diagonal.length < Math.min(most, length)) {
    const now = directions.at(-1)!;
    const next = product(now).slice();
    diagonal.push(dot(now, next));
    for (const _ of [1, 2]) for (const each of directions) subtract(next, each, dot(each, next));
    const rest = Math.sqrt(dot(next, next));
    const before = ends;
    ends = endsOf({ diagonal, beside });
    const size = Math.max(Math.abs(ends.largest), Math.abs(ends.smallest));
    // Nothing new is left: the space holds every direction that the start has a share in.
    if (!(rest > 1e-12 * size)) return found(true);
    const moved = Math.max(ends.largest - before.largest, before.smallest - ends.smallest);
    if (diagonal.length > 5 && moved <= tolerance * size) return found(true);
    beside.push(rest);
    directions.push(next.map((entry) => entry / rest));
  }
  return found(length <= most);
}

/** The sum of the directions, each as often as its share says. */
function combined(directions: readonly Float64Array[], shares: readonly number[]): Float64Array {
  const total = new Float64Array(directions[0]!.length);
  for (const [k, share] of shares.entries()) subtract(total, directions[k]!, -share);
  return total;
}

function unit(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((entry) => entry / norm);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(from: Float64Array, direction: Float64Array, share: number): void {
  for (let i = 0; i < from.length; i++) from[i]! -= share * direction[i]!;
}
