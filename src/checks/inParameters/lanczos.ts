import { random } from "../../engine/index.ts";
import { dot, norm } from "../causes/vectors.ts";

/** An eigenvalue with its direction, of length 1. */
export interface Eigenpair {
  readonly value: number;
  readonly direction: readonly number[];
}

/** A symmetric matrix, known by its products. */
export type Times = (direction: readonly number[]) => readonly number[];

/**
 * The least and the largest eigenvalue of a symmetric matrix of which only products are known: on
 * the directions v, Hv, H²v, … it is tridiagonal, and there its ends show first. Every new direction
 * is made orthogonal to all before, or rounding would bring the same eigenvalue up again and again.
 * With as many directions as the matrix is long, all of the spectrum is known.
 *
 * @see C. Lanczos, “An iteration method for the solution of the eigenvalue problem”, 1950, doi:10.6028/jres.045.026
 */
export function endsOfSpectrum(
  times: Times,
  size: number,
  directions = 40,
): { readonly least: Eigenpair; readonly most: Eigenpair } {
  const { normal } = random(17);
  const fresh = () => Array.from(normal([size]).data);
  const basis: number[][] = [];
  const images: (readonly number[])[] = [];
  let next: readonly number[] = fresh();
  while (basis.length < Math.min(size, directions)) {
    const direction = orthogonal(next, basis) ?? orthogonal(fresh(), basis);
    if (!direction) break;
    basis.push(direction);
    images.push(times(direction));
    next = images.at(-1)!;
  }
  const projected = basis.map((a) => images.map((image) => dot(a, image)));
  const pairs = eigenpairs(projected).toSorted((a, b) => a.value - b.value);
  const lifted = ({ value, direction }: Eigenpair): Eigenpair => ({
    value,
    direction: Array.from({ length: size }, (_, i) =>
      basis.reduce((sum, vector, k) => sum + direction[k]! * vector[i]!, 0),
    ),
  });
  return { least: lifted(pairs[0]!), most: lifted(pairs.at(-1)!) };
}

/** What of a vector lies in no direction of the basis, with length 1; twice, since once leaves rounding. */
function orthogonal(
  vector: readonly number[],
  basis: readonly (readonly number[])[],
): number[] | undefined {
  const rest = [...vector];
  const before = norm(rest);
  for (let pass = 0; pass < 2; pass++)
    for (const direction of basis) {
      const along = dot(rest, direction);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!;
    }
  const length = norm(rest);
  return length > 1e-10 * before ? rest.map((value) => value / length) : undefined;
}

/** All eigenvalues of a small symmetric matrix by Jacobi's rotations, each of which makes one entry 0. */
function eigenpairs(matrix: readonly (readonly number[])[]): readonly Eigenpair[] {
  const size = matrix.length;
  const a = matrix.map((row, i) => row.map((value, j) => (value + matrix[j]![i]!) / 2));
  const vectors = a.map((row, i) => row.map((_, j) => Number(i === j)));
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let i = 0; i < size; i++)
      for (let j = i + 1; j < size; j++) {
        off += a[i]![j]! ** 2;
        if (a[i]![j] !== 0) rotate(a, vectors, i, j);
      }
    if (off < 1e-30 * a.reduce((sum, row, i) => sum + row[i]! ** 2, Number.MIN_VALUE)) break;
  }
  return a.map((row, i) => ({ value: row[i]!, direction: vectors.map((vector) => vector[i]!) }));
}

function rotate(a: number[][], vectors: number[][], i: number, j: number): void {
  const angle = 0.5 * Math.atan2(2 * a[i]![j]!, a[j]![j]! - a[i]![i]!);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of [...a, ...vectors]) {
    const [left, right] = [row[i]!, row[j]!];
    row[i] = c * left - s * right;
    row[j] = s * left + c * right;
  }
  const [upper, lower] = [a[i]!, a[j]!];
  for (let k = 0; k < a.length; k++) {
    const [left, right] = [upper[k]!, lower[k]!];
    upper[k] = c * left - s * right;
    lower[k] = s * left + c * right;
  }
}
