/** What can be read off a row of losses. */
export interface Curve {
  readonly values: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly least: number;
  readonly range: number;
}

export function curveOf(values: ArrayLike<number>): Curve {
  const all = Array.from(values);
  const finite = all.filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const most = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  return { values: all, first: all[0]!, last: all.at(-1)!, least, range: most - least };
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value / values.length, 0);

export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The part of a list from one share of its length to another. */
export const stretch = <T>(values: readonly T[], from: number, to: number): readonly T[] =>
  values.slice(Math.floor(from * values.length), Math.ceil(to * values.length));

/** By how much a list falls from its beginning to its end, each the mean of a tenth. */
export function fallOf(values: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(values.length / 10));
  return mean(values.slice(0, tenth)) - mean(values.slice(-tenth));
}

/** How often a step goes the other way than the one before: 1 for a zigzag, ⅔ for pure chance, 0 for a slope. */
export function alternation(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => value - values[i]!);
  const turns = steps.filter((step, i) => i > 0 && step * steps[i - 1]! < 0).length;
  return turns / Math.max(1, steps.length - 1);
}

/** The mean size of a step from one entry to the next. */
export const roughness = (values: readonly number[]) =>
  mean(values.slice(1).map((value, i) => Math.abs(value - values[i]!)));
