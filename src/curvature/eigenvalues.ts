/**
 * The eigenvalues of a symmetric matrix, smallest first, by Jacobi's rotations: each turns two axes
 * until the entry between them is 0. Slow for hundreds of rows, but exact to the last digits.
 *
 * Source: Golub & Van Loan (2013), Matrix Computations, section 8.5.
 */
export function eigenvalues(matrix: readonly ArrayLike<number>[]): number[] {
  const a = matrix.map((row) => Float64Array.from(row));
  for (let sweep = 0; sweep < 100 && isFilled(a); sweep++)
    for (let p = 0; p < a.length; p++)
      for (let q = p + 1; q < a.length; q++) if (a[p]![q] !== 0) rotate(a, p, q);
  return a.map((row, i) => row[i]!).sort((x, y) => x - y);
}

/** Whether anything beside the diagonal is still above rounding. */
function isFilled(a: readonly Float64Array[]): boolean {
  let [beside, all] = [0, 0];
  for (const [i, row] of a.entries())
    for (const [j, entry] of row.entries()) {
      all += entry * entry;
      if (i !== j) beside += entry * entry;
    }
  return beside > (Number.EPSILON / 16) ** 2 * all;
}

/** Turns the axes p and q so that a[p][q] becomes 0. */
function rotate(a: readonly Float64Array[], p: number, q: number): void {
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  // The smaller of the two angles; hypot does not overflow where theta² would.
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  const [top, bottom] = [a[p]!, a[q]!];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [top[k]!, bottom[k]!];
    top[k] = c * x - s * y;
    bottom[k] = s * x + c * y;
  }
}
