/**
 * A number in two doubles, high + low, which together have about 32 digits: for sums whose terms cancel.
 * Pairs are read by their places here, since V8 makes no array for one that is not taken apart.
 * @see Dekker (1971), A Floating-Point Technique for Extending the Available Precision. doi:10.1007/BF01397083
 */
export type Twice = readonly [high: number, low: number];

/**
 * A result that was computed as usual, unless its terms cancelled: then it is computed again with twice
 * the digits.
 *
 * @param size the sum of the terms' magnitudes
 */
export function careful(result: number, size: number, again: () => Twice): number {
  return Math.abs(result) < 0.75 * size ? rounded(again()) : result;
}

export const rounded = (a: Twice): number => a[0] + a[1];

/** a + b without rounding. */
export function exactSum(a: number, b: number): Twice {
  const sum = a + b;
  return [sum, lostBySum(a, b, sum)];
}

/** What rounding took from a + b. */
export function lostBySum(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

/** a · b without rounding; so large that the halves overflow, it is rounded. */
export function exactProduct(a: number, b: number): Twice {
  const product = a * b;
  const lost = lostByProduct(a, b, product);
  return [product, Number.isFinite(lost) ? lost : 0];
}

/** What rounding took from a · b; NaN where the halves overflow. */
export function lostByProduct(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of a double, which leave as many below: products of halves are exact. */
function upperHalf(a: number): number {
  const raised = a * 134217729; // 2²⁷ + 1
  return raised - (raised - a);
}

/** Two parts of which the first is much larger, with no overlap. */
export function tidy(high: number, low: number): Twice {
  const sum = high + low;
  return [sum, low - (sum - high)];
}

export function plus(a: Twice, b: Twice): Twice {
  const high = exactSum(a[0], b[0]);
  const low = exactSum(a[1], b[1]);
  const sum = tidy(high[0], high[1] + low[0]);
  return tidy(sum[0], sum[1] + low[1]);
}

export const minus = (a: Twice, b: Twice): Twice => plus(a, [-b[0], -b[1]]);

export function times(a: Twice, b: Twice): Twice {
  const product = exactProduct(a[0], b[0]);
  return tidy(product[0], product[1] + a[0] * b[1] + a[1] * b[0]);
}

export function over(a: Twice, b: Twice): Twice {
  const share = a[0] / b[0];
  const product = exactProduct(share, b[0]);
  const left = a[0] - product[0] - product[1] + (a[1] - share * b[1]);
  return tidy(share, left / b[0]);
}

/** √a by one step of Newton from the double nearest to it. */
export function root(a: Twice): Twice {
  const near = Math.sqrt(a[0]);
  if (near === 0) return [0, 0];
  return plus([near, 0], [minus(a, exactProduct(near, near))[0] / (2 * near), 0]);
}

export const ln2: Twice = [Math.LN2, 2.3190468138462996e-17];
const ln2Third = 5.707708438416212e-34;
export const log2Pi: Twice = [1.8378770664093456, -7.756588316134483e-17];
const one: Twice = [1, 0];

/** 1/n! from n = 2 on: the first few with all digits, and as plain numbers those whose terms are small. */
const inverseFactorials = Array.from({ length: 13 }, (_, i) => over(one, [factorial(i + 2), 0]));
const leading = inverseFactorials.slice(0, 7);
const trailing = inverseFactorials.slice(7).map(rounded);

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** e^x = 2^k · (e^(r/16))^16; squaring e^s as p + 1 in the form 2p + p² keeps the digits of a small p. */
export function exp(x: Twice): Twice {
  if (x[0] > 709.8) return [Infinity, 0];
  if (x[0] < -745.2) return [0, 0];
  const k = Math.round(x[0] / Math.LN2);
  // What is left of x keeps its digits where that is small: the large part of k·ln 2 goes first, without rounding.
  const turns = exactProduct(k, ln2[0]);
  const less = plus(exactSum(x[0], -turns[0]), exactSum(x[1], -turns[1]));
  const [high, low] = minus(minus(less, exactProduct(k, ln2[1])), [k * ln2Third, 0]);
  const s: Twice = [high / 16, low / 16];
  const tail = trailing.reduceRight((sum, coefficient) => sum * s[0] + coefficient, 0);
  const series = leading.reduceRight((sum, each) => plus(times(sum, s), each), [tail, 0] as Twice);
  let p = plus(s, times(times(s, s), series));
  for (let i = 0; i < 4; i++) p = plus([2 * p[0], 2 * p[1]], times(p, p));
  const [whole, rest] = plus(one, p);
  // In two halves, since 2^k alone may overflow.
  const [first, second] = [2 ** Math.trunc(k / 2), 2 ** (k - Math.trunc(k / 2))];
  return [whole * first * second, rest * first * second];
}

/** log x of an x from 0 on: the double nearest to it, and by one step of Newton what it lacks. */
export function log(x: Twice): Twice {
  if (!(x[0] > 0 && x[0] < Infinity)) return [Math.log(x[0]), 0];
  // e^(−log x) would overflow for the smallest ones.
  if (x[0] < 1e-290) return minus(log([x[0] * 2 ** 200, x[1] * 2 ** 200]), times([200, 0], ln2));
  if (Math.abs(x[0] - 1) < 0.1) return logNearOne(x);
  const near = Math.log(x[0]);
  const off = minus(times(x, exp([-near, 0])), one);
  return plus([near, 0], minus(off, [(off[0] * off[0]) / 2, 0]));
}

/** 2·(s + s³/3 + s⁵/5 + …) with s = (x − 1)/(x + 1): a small logarithm has as many digits as any other. */
function logNearOne(x: Twice): Twice {
  const s = over(minus(x, one), plus(x, one));
  const square = times(s, s);
  let series: Twice = [0, 0];
  for (let n = 27; n >= 3; n -= 2) series = times(square, plus(series, over(one, [n, 0])));
  const half = times(s, plus(one, series));
  return [2 * half[0], 2 * half[1]];
}
