import { evenly, extent } from "./numbers.ts";

/** A function of one number, evaluated. */
export type Sampled = (x: number) => number;

/** A curve as plotly draws it: a null breaks the line. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** One unbroken stretch of a curve. */
export interface Piece {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The stretches between seams: where one ends and the next begins, the function is not smooth. */
export function stretches(
  [from, to]: readonly [number, number],
  seams: readonly number[],
): [number, number][] {
  const inside = seams.filter((seam) => seam > from && seam < to).sort((a, b) => a - b);
  const ends = [from, ...inside, to];
  return ends.slice(1).map((end, index) => [ends[index]!, end]);
}

/**
 * Values along one stretch. Its ends are labelled exactly but evaluated a hair inside, so that a
 * function which jumps at a seam shows both of its limits.
 */
export function along(f: Sampled, [from, to]: readonly [number, number], points: number): Piece {
  const hair = (to - from) * 1e-9;
  const inside = (x: number) => Math.min(Math.max(x, from + hair), to - hair);
  const x = evenly(from, to, points);
  return { x, y: x.map((each) => f(inside(each))) };
}

/** Pieces as one line, broken wherever it jumps: between pieces, or from one sample to the next. */
export function joined(pieces: readonly Piece[]): Curve {
  const x = pieces.flatMap((piece) => piece.x);
  const y = pieces.flatMap((piece) => piece.y);
  const [least, greatest] = extent(y) ?? [0, 0];
  const steps = y.map((value, index) => Math.abs(value - (y[index - 1] ?? value)));
  const jumps = (index: number) => {
    const step = steps[index]!;
    if (step <= 1e-3 * (greatest - least)) return false;
    if (x[index] === x[index - 1]) return true;
    // At an end of the curve there is only one neighbour, and a pole may look like a jump.
    const before = index > 1 ? steps[index - 1]! : Infinity;
    const beside = Math.max(before, steps[index + 1] ?? Infinity);
    return step > 0.1 * (greatest - least) && beside < 0.3 * step;
  };
  const breaks = new Set([...x.keys()].filter(jumps));
  return {
    x: x.flatMap((each, index) => (breaks.has(index) ? [each, each] : [each])),
    y: y.flatMap((each, index) => (breaks.has(index) ? [null, each] : [each])),
  };
}

/**
 * The slope of `f` at `x`, from values inside the stretch only: four points around x, or three to
 * one side when an end is near. The step balances the truncation error against rounding, ε^(1/5).
 */
export function slopeAt(f: Sampled, x: number, [from, to]: readonly [number, number]): number {
  const h = Math.min(7e-4 * Math.max(1, Math.abs(x)), (to - from) / 8);
  if (x - 2 * h < from) return (-3 * f(x) + 4 * f(x + h) - f(x + 2 * h)) / (2 * h);
  if (x + 2 * h > to) return (3 * f(x) - 4 * f(x - h) + f(x - 2 * h)) / (2 * h);
  return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h);
}

/**
 * Where the slope of `f` jumps: the bend at a sample stands out from its neighbours and stays as
 * sharp however close one looks.
 */
export function kinks(f: Sampled, [from, to]: readonly [number, number]): number[] {
  const x = evenly(from, to, 240);
  const y = x.map(f);
  const width = x[1]! - from;
  const bends = y.map((value, i) => Math.abs((y[i + 1]! - 2 * value + y[i - 1]!) / width));
  const steepest = Math.max(
    ...y
      .slice(1)
      .map((value, i) => Math.abs(value - y[i]!))
      .filter(Number.isFinite),
  );
  const typical = (steepest / width) * 1e-3;
  const standsOut = (i: number) =>
    bends[i]! > typical &&
    bends[i]! >= Math.max(bends[i - 1]!, bends[i + 1]!) &&
    bends[i]! > 4 * Math.max(bends[i - 2] ?? 0, bends[i + 2] ?? 0);
  const found = [...x.keys()].filter(standsOut).map((i) => closeUp(f, x[i]!, width, bends[i]!));
  // The search ends well within a millionth of the range: there, the roundest number is meant.
  const digits = Math.max(0, 6 - Math.floor(Math.log10(to - from)));
  const round = (at: number) => Number(at.toFixed(Math.min(digits, 20))) + 0;
  return [...new Set(found.filter(Number.isFinite).map(round))];
}

/** Halves the interval around the sharpest bend; NaN when the bend flattens, as a smooth one does. */
function closeUp(f: Sampled, middle: number, reach: number, bend: number): number {
  let [from, quarter] = [middle - reach, reach / 2];
  let sharpest = bend;
  for (let halving = 0; halving < 24; halving++) {
    const y = [0, 1, 2, 3, 4].map((part) => f(from + part * quarter));
    const changes = [1, 2, 3].map((i) => Math.abs((y[i + 1]! - 2 * y[i]! + y[i - 1]!) / quarter));
    sharpest = Math.max(...changes);
    from += changes.indexOf(sharpest) * quarter;
    quarter /= 2;
  }
  return sharpest > bend / 2 ? from + 2 * quarter : NaN;
}
