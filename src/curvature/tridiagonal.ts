/** A symmetric tridiagonal matrix: its diagonal and the entries beside it, one fewer. */
export interface Tridiagonal {
  readonly diagonal: readonly number[];
  readonly beside: readonly number[];
}

/** The smallest and the largest eigenvalue, by halving the interval they lie in. */
export function endsOf(matrix: Tridiagonal): {
  readonly smallest: number;
  readonly largest: number;
} {
  const { diagonal, beside } = matrix;
  const radius = (i: number) => Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0);
  const low = Math.min(...diagonal.map((entry, i) => entry - radius(i)));
  const high = Math.max(...diagonal.map((entry, i) => entry + radius(i)));
  const below = (x: number) => pivotsOf(matrix, x).filter((pivot) => pivot < 0).length;
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

/** The pivots of the matrix less x, from the top; as many are negative as eigenvalues lie below x (Sylvester). */
function pivotsOf({ diagonal, beside }: Tridiagonal, x: number): number[] {
  let pivot = 1;
  return diagonal.map((entry, i) => {
    const before = i ? beside[i - 1]! : 0;
    pivot = entry - x - (before * before) / (pivot || Number.MIN_VALUE);
    return pivot;
  });
}

/**
 * The direction, of length 1, that the matrix only stretches by the given eigenvalue. Its rows are
 * solved from the top and from the bottom; they meet in the row that the rest determines least,
 * so that neither way runs through a small pivot.
 *
 * Source: Parlett & Dhillon (1997), Fernando's solution to Wilkinson's problem.
 * doi:10.1016/S0024-3795(97)80028-6
 */
export function eigenvectorOf(matrix: Tridiagonal, eigenvalue: number): number[] {
  const { diagonal, beside } = matrix;
  const turned = { diagonal: diagonal.toReversed(), beside: beside.toReversed() };
  const down = pivotsOf(matrix, eigenvalue);
  const up = pivotsOf(turned, eigenvalue).reverse();
  const slack = diagonal.map((entry, i) => Math.abs(down[i]! + up[i]! - (entry - eigenvalue)));
  const meet = slack.reduce((best, size, i) => (size < slack[best]! ? i : best), 0);
  const vector = diagonal.map((_, i) => Number(i === meet));
  for (let i = meet - 1; i >= 0; i--)
    vector[i] = (-beside[i]! * vector[i + 1]!) / (down[i]! || Number.MIN_VALUE);
  for (let i = meet + 1; i < vector.length; i++)
    vector[i] = (-beside[i - 1]! * vector[i - 1]!) / (up[i]! || Number.MIN_VALUE);
  const length = Math.hypot(...vector);
  return vector.map((entry) => entry / length);
}
