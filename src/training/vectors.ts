/** Where a named part of the parameters stands in the flat list. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The Euclidean length of so many numbers. */
export function lengthOf(
  vector: ArrayLike<number>,
  { start, end }: Span = { start: 0, end: vector.length },
): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += vector[i]! * vector[i]!;
  return Math.sqrt(sum);
}

/** The lengths of the parts that a vector consists of, and then its own, in one pass. */
export function lengthsOf(vector: ArrayLike<number>, parts: readonly Span[]): number[] {
  const lengths: number[] = [];
  let whole = 0;
  for (const { start, end } of parts) {
    let part = 0;
    for (let i = start; i < end; i++) {
      const square = vector[i]! * vector[i]!;
      part += square;
      whole += square;
    }
    lengths.push(Math.sqrt(part));
  }
  return [...lengths, Math.sqrt(whole)];
}

/** How far one point is from another. */
export function distance(from: ArrayLike<number>, to: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < from.length; i++) {
    const change = to[i]! - from[i]!;
    sum += change * change;
  }
  return Math.sqrt(sum);
}

/** Adds so much of one vector to another. */
export function addTo(sum: Float64Array, vector: Float64Array, share = 1): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]! * share;
}
