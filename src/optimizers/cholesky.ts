/**
 * Solves A·x = b for a symmetric A by its Cholesky factor; undefined when A is not positive definite.
 * Only the lower triangle of A is read.
 */
export function solvePositive(
  A: readonly (readonly number[])[],
  b: readonly number[],
): number[] | undefined {
  const L = factorOf(A);
  if (L === undefined) return undefined;
  const y: number[] = [];
  for (const [i, row] of L.entries()) y[i] = (b[i]! - partial(row, y, i)) / row[i]!;
  const x = new Array<number>(b.length).fill(0);
  for (let i = b.length - 1; i >= 0; i--) {
    let rest = y[i]!;
    for (let k = i + 1; k < b.length; k++) rest -= L[k]![i]! * x[k]!;
    x[i] = rest / L[i]![i]!;
  }
  return x;
}

/** L with A = L·Lᵀ. */
function factorOf(A: readonly (readonly number[])[]): number[][] | undefined {
  const L: number[][] = [];
  for (const [i, row] of A.entries()) {
    const next: number[] = [];
    for (let j = 0; j < i; j++) next[j] = (row[j]! - partial(next, L[j]!, j)) / L[j]![j]!;
    const square = row[i]! - partial(next, next, i);
    if (!(square > Number.EPSILON * Math.abs(row[i]!))) return undefined;
    next[i] = Math.sqrt(square);
    L.push(next);
  }
  return L;
}

/** Σ a[k]·b[k] over the first so many. */
function partial(a: readonly number[], b: readonly number[], count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** A + shift on the diagonal. */
export const shifted = (A: readonly (readonly number[])[], shift: number): number[][] =>
  A.map((row, i) => row.map((entry, j) => (i === j ? entry + shift : entry)));
