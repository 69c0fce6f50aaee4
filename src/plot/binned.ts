import { extent, quantile, say } from "./numbers.ts";

/** Equal bins from the least to the greatest value. */
export interface Bins {
  readonly from: number;
  readonly width: number;
  readonly count: number;
}

/** Bins for these values: of the Freedman–Diaconis width 2·IQR/∛n, between 10 and 60 of them. */
export function binsFor(values: readonly number[], wanted?: number): Bins {
  const [least, greatest] = extent(values) ?? [0, 1];
  const spread = greatest - least || Math.abs(least) || 1;
  if (spread === Infinity)
    throw new RangeError(
      `The values must lie close enough together to be sorted into bins, but they reach from ${say(least)} to ${say(greatest)}.\nHint: draw their logarithms.`,
    );
  const finite = values.filter(Number.isFinite);
  const middle = quantile(finite, 0.75) - quantile(finite, 0.25);
  const width = (2 * middle) / Math.cbrt(finite.length);
  const natural = width > 0 ? Math.ceil(spread / width) : 10;
  const count = wanted ?? Math.min(60, Math.max(10, natural));
  return { from: least, width: spread / count, count };
}

/** How many values fall into each bin; the greatest belongs to the last. */
export function countsIn({ from, width, count }: Bins, values: readonly number[]): number[] {
  const counts = new Array<number>(count).fill(0);
  for (const value of values)
    if (Number.isFinite(value)) {
      const bin = Math.min(count - 1, Math.max(0, Math.floor((value - from) / width)));
      counts[bin] = counts[bin]! + 1;
    }
  return counts;
}

/** The middle of each bin. */
export const middles = ({ from, width, count }: Bins): number[] =>
  Array.from({ length: count }, (_, index) => from + (index + 0.5) * width);

/** Mean and standard deviation of the finite values. */
export function meanAndSpread(values: readonly number[]): { mean: number; spread: number } {
  const finite = values.filter(Number.isFinite);
  const mean = finite.reduce((sum, each) => sum + each, 0) / finite.length;
  const variance = finite.reduce((sum, each) => sum + (each - mean) ** 2, 0) / finite.length;
  return { mean, spread: Math.sqrt(variance) };
}
