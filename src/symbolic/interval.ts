import { apply, type FunctionName } from "./Expression.ts";

/** All numbers from lo to hi; every operation rounds outwards, so nothing is lost. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

export const everything: Interval = { lo: -Infinity, hi: Infinity };

export const point = (value: number): Interval => ({ lo: value, hi: value });

/** An interval from two ends; an end that is not a number could be anything. */
const ends = (lo: number, hi: number): Interval => ({
  lo: Number.isNaN(lo) ? -Infinity : lo,
  hi: Number.isNaN(hi) ? Infinity : hi,
});

const buffer = new DataView(new ArrayBuffer(8));

/** The next larger float64. */
function up(x: number): number {
  if (!Number.isFinite(x)) return x;
  if (x === 0) return Number.MIN_VALUE;
  buffer.setFloat64(0, x);
  buffer.setBigInt64(0, buffer.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return buffer.getFloat64(0);
}

const down = (x: number) => -up(-x);

/** Library functions are right to a few units in the last place, so their ends move by four. */
function widened(lo: number, hi: number, units = 4): Interval {
  let [low, high] = [lo, hi];
  for (let i = 0; i < units; i++) [low, high] = [down(low), up(high)];
  return ends(low, high);
}

export function add(a: Interval, b: Interval): Interval {
  const lo = a.lo + b.lo;
  const hi = a.hi + b.hi;
  // A sum that is 0 has not been rounded: 1 − p is no less than 0 for p up to 1.
  const exactLow = a.lo === 0 || b.lo === 0 || lo === 0;
  const exactHigh = a.hi === 0 || b.hi === 0 || hi === 0;
  return ends(exactLow ? lo : down(lo), exactHigh ? hi : up(hi));
}

export const negate = ({ lo, hi }: Interval): Interval => ({ lo: -hi, hi: -lo });

/** 0 · ∞ is 0 here: the infinite end is never reached. */
const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : a * b);

export function multiply(a: Interval, b: Interval): Interval {
  if (isPoint(a, 1)) return b;
  if (isPoint(b, 1)) return a;
  if (isPoint(a, -1)) return negate(b);
  if (isPoint(b, -1)) return negate(a);
  const all = [times(a.lo, b.lo), times(a.lo, b.hi), times(a.hi, b.lo), times(a.hi, b.hi)];
  const [lo, hi] = [Math.min(...all), Math.max(...all)];
  return ends(lo === 0 ? 0 : down(lo), hi === 0 ? 0 : up(hi));
}

const isPoint = ({ lo, hi }: Interval, value: number) => lo === value && hi === value;

export const hull = (a: Interval, b: Interval): Interval => ({
  lo: Math.min(a.lo, b.lo),
  hi: Math.max(a.hi, b.hi),
});

/** base^exponent for a number as exponent. */
export function raise(base: Interval, exponent: number): Interval {
  if (exponent === 0) return point(1);
  if (exponent === 1) return base;
  if (exponent < 0) return reciprocal(raise(base, -exponent));
  if (!Number.isInteger(exponent))
    return base.hi < 0
      ? everything
      : widened2(Math.max(0, base.lo) ** exponent, base.hi ** exponent);
  const [a, b] = [base.lo ** exponent, base.hi ** exponent];
  if (exponent % 2 !== 0) return widened(a, b);
  const largest = up(up(Math.max(a, b)));
  const touchesZero = base.lo <= 0 && base.hi >= 0;
  return ends(touchesZero ? 0 : Math.max(0, down(down(Math.min(a, b)))), largest);
}

const widened2 = (lo: number, hi: number) => {
  const wide = widened(lo, hi);
  return ends(Math.max(0, wide.lo), wide.hi);
};

function reciprocal({ lo, hi }: Interval): Interval {
  if (lo > 0 || hi < 0) return widened(1 / hi, 1 / lo, 2);
  if (lo === 0 && hi > 0) return ends(hi === Infinity ? 0 : down(down(1 / hi)), Infinity);
  if (hi === 0 && lo < 0) return ends(-Infinity, lo === -Infinity ? 0 : up(up(1 / lo)));
  return everything;
}

/** The range of a function of one number over an interval. */
export function rangeOf(name: FunctionName, x: Interval): Interval {
  switch (name) {
    case "abs":
      return evenRange(x, Math.abs(x.lo), Math.abs(x.hi), 0);
    case "sign":
      return ends(Math.sign(x.lo), Math.sign(x.hi));
    case "cosh":
    case "logcosh":
      return evenRange(x, ...clampedEnds(name, x), name === "cosh" ? 1 : 0);
    case "sin":
      return waveRange(x);
    case "cos":
      return waveRange(add(x, { lo: Math.PI / 2, hi: up(Math.PI / 2) }));
    case "log":
      return ends(
        x.lo <= 0 ? -Infinity : widened(apply(name, x.lo), 0).lo,
        x.hi <= 0 ? -Infinity : widened(0, Math.log(x.hi)).hi,
      );
    case "sqrt":
      return widened2(Math.sqrt(Math.max(0, x.lo)), Math.sqrt(x.hi));
    default: {
      const { lo, hi } = widened(apply(name, x.lo), apply(name, x.hi));
      const [least, most] = bounds[name];
      return ends(Math.max(least, lo), Math.min(most, hi));
    }
  }
}

const clampedEnds = (name: FunctionName, x: Interval): [number, number] => {
  const [a, b] = [apply(name, x.lo), apply(name, x.hi)].map((v) =>
    Number.isNaN(v) ? Infinity : v,
  );
  return [a!, b!];
};

const bounds = {
  exp: [0, Infinity],
  sinh: [-Infinity, Infinity],
  tanh: [-1, 1],
  sigmoid: [0, 1],
  softplus: [0, Infinity],
} as const;

/** A function that falls to `least` at 0 and rises to both sides alike. */
function evenRange(x: Interval, atLow: number, atHigh: number, least: number): Interval {
  const { lo, hi } = widened(Math.min(atLow, atHigh), Math.max(atLow, atHigh));
  return ends(x.lo <= 0 && x.hi >= 0 ? least : Math.max(least, lo), hi);
}

function waveRange(x: Interval): Interval {
  if (!(x.hi - x.lo < 6.28)) return { lo: -1, hi: 1 };
  let { lo, hi } = widened(
    Math.min(Math.sin(x.lo), Math.sin(x.hi)),
    Math.max(Math.sin(x.lo), Math.sin(x.hi)),
  );
  const first = Math.ceil((x.lo - Math.PI / 2) / Math.PI - 1e-9);
  for (let k = first; k * Math.PI + Math.PI / 2 <= x.hi + 1e-9; k++) {
    if (k % 2 === 0) hi = 1;
    else lo = -1;
  }
  return { lo: Math.max(-1, lo), hi: Math.min(1, hi) };
}
