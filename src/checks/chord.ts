import { random } from "../engine/index.ts";
import {
  compiled,
  type Domain,
  type Expression,
  everything,
  gapAbove,
  substitute,
} from "../symbolic/index.ts";

/** Two points and a weight at which a function lies above its chord. */
export interface Chord {
  readonly x: Readonly<Record<string, number>>;
  readonly y: Readonly<Record<string, number>>;
  /** The values of constants that were only known up to a range. */
  readonly given?: Readonly<Record<string, number>>;
  /** The weight of x: the point between is t·x + (1 − t)·y. */
  readonly t: number;
  /** The function at the point between, and the chord there. */
  readonly value: number;
  readonly chord: number;
}

const trials = 3000;
/** So many candidates are enough to choose from. */
const enough = 60;

/**
 * Looks for a chord below the function. What was found in floating point counts only when interval
 * arithmetic confirms it: the least possible value is above the largest possible chord. Constants
 * with a range are tried at both of its ends.
 */
export function chordAbove(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
): Chord | undefined {
  const open = Object.entries(domain).filter(
    ([name, { lo, hi }]) => !variables.includes(name) && lo !== hi,
  );
  if (!open.length) return searched(e, variables, domain);
  for (const end of ["lo", "hi"] as const) {
    const given = Object.fromEntries(open.map(([name, range]) => [name, range[end]]));
    const chord = searched(substitute(e, given), variables, domain);
    if (chord) return { ...chord, given };
  }
  return undefined;
}

function searched(e: Expression, variables: readonly string[], domain: Domain): Chord | undefined {
  const { next } = random(20);
  const f = compiled(substitute(e, middles(variables, domain)), variables);
  const found: { readonly chord: FlatChord; readonly gap: number }[] = [];
  for (let i = 0; i < trials && found.length < enough; i++) {
    const x = somewhere(variables, domain, next, i);
    const y =
      i % 2 ? somewhere(variables, domain, next, i >> 1) : nearby(x, variables, domain, next);
    const t = i % 3 ? 0.5 : next();
    const [fx, fy] = [f(x), f(y)];
    const value = f(x.map((a, k) => t * a + (1 - t) * y[k]!));
    const chord = t * fx + (1 - t) * fy;
    const gap = (value - chord) / (1e-300 + Math.abs(fx) + Math.abs(fy) + Math.abs(value));
    if (gap > 1e-12) found.push({ chord: { x, y, t, value, chord }, gap });
  }
  const best = found.toSorted((a, b) => b.gap - a.gap).slice(0, 20);
  const named = best.map(({ chord }) => withNames(chord, variables));
  return named.find((chord) => confirmed(e, chord, variables, domain));
}

interface FlatChord extends Omit<Chord, "x" | "y"> {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

function withNames({ x, y, ...rest }: FlatChord, variables: readonly string[]): Chord {
  const named = (point: readonly number[]) =>
    Object.fromEntries(variables.map((name, i) => [name, point[i]!]));
  return { x: named(x), y: named(y), ...rest };
}

/** Constants that are only known up to an interval are tried in its middle. */
export function middles(variables: readonly string[], domain: Domain): Record<string, number> {
  const entries = Object.entries(domain).filter(([name]) => !variables.includes(name));
  return Object.fromEntries(entries.map(([name, { lo, hi }]) => [name, (lo + hi) / 2]));
}

function somewhere(
  variables: readonly string[],
  domain: Domain,
  next: () => number,
  i: number,
): number[] {
  const size = [20, 3, 1, 100][i % 4]!;
  return variables.map((name) => {
    const { lo, hi } = reach(domain[name] ?? everything, size);
    return lo + (hi - lo) * next();
  });
}

/** A finite part of a range; open ends stay a little away. */
export function reach({ lo, hi }: { readonly lo: number; readonly hi: number }, size: number) {
  const from = Math.max(lo, hi === Infinity || lo > -Infinity ? Math.max(lo, -size) : hi - size);
  const to = hi === Infinity ? Math.max(size, from + size) : hi;
  const margin = 1e-6 * (to - from);
  return { lo: lo === -Infinity ? from : from + margin, hi: hi === Infinity ? to : to - margin };
}

function nearby(
  x: readonly number[],
  variables: readonly string[],
  domain: Domain,
  next: () => number,
): number[] {
  const size = 10 ** (-4 * next());
  return variables.map((name, i) => {
    const { lo, hi } = reach(domain[name] ?? everything, 100);
    const moved = x[i]! + size * (2 * next() - 1) * Math.min(4, hi - lo);
    return Math.min(hi, Math.max(lo, moved));
  });
}

/** Whether the gap is there for certain, with every rounding taken against it. */
function confirmed(e: Expression, chord: Chord, variables: readonly string[], domain: Domain) {
  const constants = Object.entries(middles(variables, domain));
  const points = constants.map(([name, value]) => [name, { lo: value, hi: value }] as const);
  return gapAbove(e, chord, Object.fromEntries(points)) > 0;
}
