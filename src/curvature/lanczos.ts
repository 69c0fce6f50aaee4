import { random } from "../engine/index.ts";

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
}

/**
 * The smallest and largest eigenvalue of a symmetric matrix that is only known by its products.
 * Lanczos: in the space of v, Av, A²v, … the matrix is tridiagonal, and its ends come out first.
 * Each new direction is made orthogonal to all earlier ones, so that rounding brings no ghosts.
 *
 * Source: Lanczos (1950), An Iteration Method for the Solution of the Eigenvalue Problem of Linear
 * Differential and Integral Operators. doi:10.6028/jres.045.026
 */
export function lanczos(product: Product, length: number, most: number, tolerance: number): Ends {
  const directions = [unit(random(1).normal([length]).data.slice())];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let ends = { smallest: NaN, largest: NaN };
  for (let turn = 1; turn <= Math.min(most, length); turn++) {
    const now = directions.at(-1)!;
    const next = product(now).slice();
    diagonal.push(dot(now, next));
    for (const _ of [1, 2]) for (const each of directions) subtract(next, each, dot(each, next));
    const rest = Math.sqrt(dot(next, next));
    const before = ends;
    ends = endsOf(diagonal, beside);
    const size = Math.max(Math.abs(ends.largest), Math.abs(ends.smallest));
    // Nothing new is left: the space holds every direction that the start has a share in.
    if (!(rest > 1e-12 * size)) return { ...ends, products: turn, settled: true };
    const moved = Math.max(ends.largest - before.largest, before.smallest - ends.smallest);
    if (turn > 5 && moved <= tolerance * size) return { ...ends, products: turn, settled: true };
    beside.push(rest);
    directions.push(next.map((entry) => entry / rest));
  }
  return { ...ends, products: diagonal.length, settled: length <= most };
}

/** The ends of the spectrum of a symmetric tridiagonal matrix, by halving the interval they lie in. */
function endsOf(diagonal: readonly number[], beside: readonly number[]) {
  const radius = (i: number) => Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0);
  const low = Math.min(...diagonal.map((entry, i) => entry - radius(i)));
  const high = Math.max(...diagonal.map((entry, i) => entry + radius(i)));
  const below = (x: number) => countBelow(diagonal, beside, x);
  return {
    smallest: halved(low, high, (x) => below(x) >= 1),
    largest: halved(low, high, (x) => below(x) >= diagonal.length),
  };
}

/** Where a question that is answered no on the left begins to be answered yes. */
function halved(from: number, to: number, isYes: (x: number) => boolean): number {
  let [left, right] = [from, to];
  for (;;) {
    const middle = left + (right - left) / 2;
    if (!(left < middle && middle < right)) return middle;
    if (isYes(middle)) right = middle;
    else left = middle;
  }
}

/** How many eigenvalues lie below x: so many pivots of the matrix less x are negative (Sylvester). */
function countBelow(diagonal: readonly number[], beside: readonly number[], x: number): number {
  let [count, pivot] = [0, 1];
  for (let i = 0; i < diagonal.length; i++) {
    const before = beside[i - 1] ?? 0;
    pivot = diagonal[i]! - x - (before * before) / (pivot || Number.MIN_VALUE);
    if (pivot < 0) count++;
  }
  return count;
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
