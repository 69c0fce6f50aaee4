import { Storage } from "./memory/Storage.ts";
import { checkedShape, type Shape, sizeOf } from "./shape.ts";
import { Tensor } from "./Tensor.ts";

/**
 * A source of random numbers that starts from a seed.
 * The same seed gives the same numbers on every machine and in every browser.
 */
export interface Random {
  /** The next number from 0 up to but without 1, with 53 random bits. */
  readonly next: () => number;
  /** Numbers spread evenly from low (default 0) up to but without high (default 1). */
  readonly uniform: (shape: Shape, low?: number, high?: number) => Tensor;
  /** Bell-shaped numbers around mean (default 0) with a standard deviation (default 1). */
  readonly normal: (shape: Shape, mean?: number, deviation?: number) => Tensor;
  /** Whole numbers from low up to but without high. */
  readonly integers: (shape: Shape, low: number, high: number) => Tensor;
  /** 0 … count − 1 in a random order. */
  readonly permutation: (count: number) => number[];
  /** Some of the values, each at most once unless `replace` is true. */
  readonly choice: <Value>(
    values: readonly Value[],
    count: number,
    options?: { readonly replace?: boolean },
  ) => Value[];
}

/**
 * Starts a source of random numbers (xoshiro128**).
 *
 * @throws RangeError when the seed is not a whole number
 * @example
 * random(1).permutation(4)                                // → random(1).permutation(4)
 * random(7).uniform([2]).sub(random(7).uniform([2]))      // → [0, 0]
 * @see D. Blackman, S. Vigna, “Scrambled linear pseudorandom number generators”, 2021, doi:10.1145/3460772
 */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(
      `random needs a whole number as seed, but got ${seed}.\nHint: any will do, for example random(42).`,
    );
  }
  const bits = xoshiro(seed);
  const next = () => (bits() >>> 5) * 2 ** -27 + (bits() >>> 6) * 2 ** -53;
  const normal = bell(next);
  return {
    next,
    uniform: (shape, low = 0, high = 1) => draw(shape, () => low + (high - low) * next()),
    normal: (shape, mean = 0, deviation = 1) => draw(shape, () => mean + deviation * normal()),
    integers: (shape, low, high) => draw(shape, () => low + Math.floor(next() * (high - low))),
    permutation: (count) => shuffled(upTo(count), next),
    choice: (values, count, { replace = false } = {}) => {
      if (replace)
        return Array.from({ length: count }, () => values[Math.floor(next() * values.length)]!);
      if (count <= values.length) return shuffled([...values], next).slice(0, count);
      throw new RangeError(
        `choice cannot take ${count} different ones out of ${values.length}.\nHint: pass { replace: true } to allow repeats.`,
      );
    },
  };
}

function draw(shape: Shape, one: () => number): Tensor {
  const values = new Float64Array(sizeOf(checkedShape("random", shape)));
  for (let i = 0; i < values.length; i++) values[i] = one();
  return new Tensor(Storage.of(values), [...shape]);
}

/** 0, 1, 2 and so on. Array.from would take longer for them than what comes after. */
function upTo(count: number): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) numbers.push(i);
  return numbers;
}

/** Fisher–Yates. */
function shuffled<Value>(values: Value[], next: () => number): Value[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return values;
}

/** 32 random bits a call. */
function xoshiro(seed: number): () => number {
  const split = splitmix(seed);
  let [a, b, c, d] = [split(), split(), split(), split()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result >>> 0;
  };
}

const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));

/** Spreads a seed over the whole state, so that seeds 1 and 2 have nothing in common. */
function splitmix(seed: number): () => number {
  let low = seed | 0;
  let high = Math.floor(seed / 2 ** 32) | 0;
  return () => {
    low = (low + 0x9e3779b9) | 0;
    high = (high + 0x7f4a7c15) | 0;
    let z = low ^ Math.imul(high, 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

/** Marsaglia's polar method: two bell-shaped numbers from one point in the unit disc. */
function bell(next: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * portableLog(s)) / s);
      spare = v * factor;
      return u * factor;
    }
  };
}

/**
 * log x from +, ·, / alone, which every machine rounds alike; Math.log may differ in the last digit.
 * x = m·2^k with m in [√½, √2), log m = 2 artanh((m − 1)/(m + 1)).
 */
function portableLog(x: number): number {
  let exponent = 0;
  let m = x;
  for (; m < Math.SQRT1_2; m *= 2) exponent--;
  const t = (m - 1) / (m + 1);
  const z = t * t;
  let series = 0;
  for (let k = 21; k >= 1; k -= 2) series = series * z + 1 / k;
  return exponent * Math.LN2 + 2 * t * series;
}
