import { dot, minus, type Numbers, norm, times } from "./vectors.ts";

/**
 * The coefficients with which the columns add up to the target, all the way; `undefined` when they
 * do not, or when more than one set of coefficients would do.
 */
export function exactFit(
  columns: readonly Numbers[],
  target: Numbers,
  close: number,
): readonly number[] | undefined {
  const basis: (readonly number[])[] = [];
  const upper: number[][] = [];
  for (const column of columns) {
    const [rest, shares] = without(column, basis);
    const length = norm(rest);
    // A column that the others make up leaves the coefficients open.
    if (!(length > 1e-6 * norm(column))) return undefined;
    upper.push([...shares, length]);
    basis.push(times(1 / length, rest));
  }
  const [left, along] = without(target, basis);
  if (norm(left) > close * norm(target)) return undefined;
  const coefficients = [...along];
  for (let k = columns.length - 1; k >= 0; k--) {
    coefficients[k]! /= upper[k]![k]!;
    for (let i = 0; i < k; i++) coefficients[i]! -= coefficients[k]! * upper[k]![i]!;
  }
  return coefficients;
}

/** What of a list lies in none of the directions, and how much of it lies in each. */
function without(list: Numbers, basis: readonly Numbers[]): [number[], number[]] {
  let rest = Array.from(list);
  const shares = basis.map(() => 0);
  // Twice, since once leaves rounding.
  for (let pass = 0; pass < 2; pass++)
    basis.forEach((direction, k) => {
      const share = dot(rest, direction);
      shares[k]! += share;
      rest = minus(rest, times(share, direction));
    });
  return [rest, shares];
}
