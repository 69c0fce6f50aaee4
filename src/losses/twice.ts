/**
 * A number in two doubles, high + low, which together have about 32 digits: for sums whose terms cancel.
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

export const rounded = ([high, low]: Twice): number => high + low;

/** a + b without rounding. */
export function exactSum(a: number, b: number): Twice {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** a · b without rounding; so large that the halves overflow, it is rounded. */
export function exactProduct(a: number, b: number): Twice {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  const lost = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  return [product, Number.isFinite(lost) ? lost : 0];
}

/** A double as two numbers of 26 bits, whose products are exact. */
function halves(a: number): Twice {
  const raised = a * 134217729; // 2²⁷ + 1
  const high = raised - (raised - a);
  return [high, a - high];
}

/** Two parts of which the first is much larger, with no overlap. */
function tidy(high: number, low: number): Twice {
  const sum = high + low;
  return [sum, low - (sum - high)];
}

export function plus(a: Twice, b: Twice): Twice {
  const [high, lost] = exactSum(a[0], b[0]);
  const [low, rest] = exactSum(a[1], b[1]);
  const [sum, below] = tidy(high, lost + low);
  return tidy(sum, below + rest);
}

export const minus = (a: Twice, b: Twice): Twice => plus(a, [-b[0], -b[1]]);

export function times(a: Twice, b: Twice): Twice {
  const [high, low] = exactProduct(a[0], b[0]);
  return tidy(high, low + a[0] * b[1] + a[1] * b[0]);
}

export function over(a: Twice, b: Twice): Twice {
  const first = a[0] / b[0];
  const left = minus(a, times(b, [first, 0]));
  const second = left[0] / b[0];
  const rest = minus(left, times(b, [second, 0]));
  return plus(tidy(first, second), [rest[0] / b[0], 0]);
}

/** √a by one step of Newton from the double nearest to it. */
export function root(a: Twice): Twice {
  const near = Math.sqrt(a[0]);
  if (near === 0) return [0, 0];
  return plus([near, 0], [minus(a, exactProduct(near, near))[0] / (2 * near), 0]);
}

const ln2: Twice = [Math.LN2, 2.3190468138462996e-17];
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
  const [high, low] = minus(x, times([k, 0], ln2));
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

/** log x of a positive x: the double nearest to it, and by one step of Newton what it lacks. */
export function log(x: Twice): Twice {
  // e^(−log x) would overflow for the smallest ones.
  if (x[0] < 1e-290) return minus(log([x[0] * 2 ** 200, x[1] * 2 ** 200]), times([200, 0], ln2));
  const near = Math.log(x[0]);
  const off = minus(times(x, exp([-near, 0])), one);
  return plus([near, 0], minus(off, [(off[0] * off[0]) / 2, 0]));
}
