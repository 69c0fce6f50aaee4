import type { Objective } from "./Objective.ts";

/** Two points of the parameters whose middle lies above their chord. */
export interface FlatChord {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly value: number;
  readonly chord: number;
}

/** So many times more than rounding moved is no accident. */
const clear = 30;

/**
 * The chord between two points if the function is clearly above its middle. The points are rounded
 * to 24 bits, so the middle is exact. What rounding can do is measured beside all three points: over
 * steps of a millionth of the chord a function that has a slope bends hardly at all, so whatever bend
 * is seen there is noise, and the gap must be far larger.
 */
export function chordBetween(
  objective: Objective,
  from: readonly number[],
  to: readonly number[],
): FlatChord | undefined {
  const [x, y] = [from.map(Math.fround), to.map(Math.fround)];
  const middle = between(x, y, 0.5);
  const [left, right, value] = [x, y, middle].map(objective.value) as [number, number, number];
  const chord = left / 2 + right / 2;
  const size = Math.abs(left) + Math.abs(right) + Math.abs(value);
  const gap = value - chord;
  // Also keeps out NaN and infinite values.
  if (!(gap > (objective.single ? 1e-3 : 1e-9) * size)) return undefined;
  return gap > clear * noise(objective, x, y) ? { x, y, value, chord } : undefined;
}

export const between = (x: readonly number[], y: readonly number[], t: number) =>
  x.map((a, i) => (1 - t) * a + t * y[i]!);

/** The largest bend over tiny steps along the chord, at its ends and in its middle. */
function noise({ value, single }: Objective, x: readonly number[], y: readonly number[]): number {
  const along = (t: number) => value(between(x, y, t));
  const steps = single ? [1.3e-3, 3.1e-3] : [1.3e-6, 7.7e-6, 3.1e-5];
  const bends = [0, 0.5, 1].flatMap((t) =>
    steps.map((h) => Math.abs(along(t - h) - 2 * along(t) + along(t + h))),
  );
  return bends.includes(Number.NaN) ? Number.POSITIVE_INFINITY : Math.max(...bends);
}
