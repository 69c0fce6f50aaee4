import type { Columns } from "./columns.ts";
import * as twice from "./twice.ts";
import { ln2, lostByProduct, lostBySum, type Twice, times } from "./twice.ts";

const stepBits = 7;
const steps = 2 ** stepBits;
/** Of j from 0 on: 2^(j/128); a c of 9 bits near 1/(1 + j/128), and −log c or, from √2 on, −log 2c. */
const table = {
  power: new Float64Array(steps),
  powerLow: new Float64Array(steps),
  c: new Float64Array(steps),
  logarithm: new Float64Array(steps),
  logarithmLow: new Float64Array(steps),
  /** 2^k at the place k + middle. */
  twoTo: new Float64Array(2047),
};
const sqrt2Step = 53;
const middle = 1023;
/** Added to a number and taken away again, it rounds it to a whole one. */
const toWhole = 1.5 * 2 ** 52;

/** ln 2 in parts of 24 bits, whose multiples by whole numbers are exact, and what is left. */
const [ln2High, ln2Middle, ln2Low] = inParts(ln2);
const [step, stepMiddle, stepLow] = inParts([ln2[0] / steps, ln2[1] / steps]);
const perStep = 1 / (step + stepMiddle);

function inParts([high, low]: Twice): readonly [number, number, number] {
  const first = Math.fround(high);
  const second = Math.fround(high - first);
  return [first, second, high - first - second + low];
}

/** A number and its bits: the upper word begins with sign and exponent. */
const taken = new Float64Array(1);
const words = new Uint32Array(taken.buffer);

/**
 * Puts e^x in the place of each x, with 64 bits or more where a double has 53, and in hardly more time than
 * `Math.exp`: enough for powers of small numbers, and for sums of which no more than ten bits cancel.
 * It looks up what is near in a table and adds a short series: e^x = 2^k · 2^(j/128) · e^r with |r| ≤ ln 2 / 256.
 *
 * @see Tang (1989), Table-Driven Implementation of the Exponential Function. doi:10.1145/63522.214389
 */
export function expInColumns({ high, low }: Columns): void {
  if (table.power[0] === 0) fillTable();
  const { power: powers, powerLow: powersLow, twoTo } = table;
  for (let i = 0; i < high.length; i++) {
    const x = high[i]!;
    if (!(x > -690 && x < 709)) {
      [high[i], low[i]] = twice.exp([x, low[i]!]) as [number, number];
      continue;
    }
    const n = (x * perStep + toWhole - toWhole) | 0;
    const j = n & (steps - 1);
    const left = x - n * step;
    const right = -n * stepMiddle;
    const r = left + right;
    const rLow = lostBySum(left, right, r) + (low[i]! - n * stepLow);
    const tail = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
    const growth = r + tail; // e^r − 1
    const growthLow = tail - (growth - r) + rLow * (1 + growth);
    const power = powers[j]!;
    const more = power * growth;
    const rest =
      lostByProduct(power, growth, more) + powersLow[j]! * (1 + growth) + power * growthLow;
    const sum = power + more;
    const sumLow = more - (sum - power) + rest;
    const result = sum + sumLow;
    const scale = twoTo[(n >> stepBits) + middle]!;
    high[i] = result * scale;
    low[i] = (sumLow - (result - sum)) * scale;
  }
}

/** Puts log x in the place of each x likewise: k·ln 2 − log c + log(1 + r), where r = c·m − 1 is exact and below 1/128. */
export function logInColumns({ high, low }: Columns): void {
  if (table.power[0] === 0) fillTable();
  const { c: inverses, logarithm: logarithms, logarithmLow: logarithmsLow, twoTo } = table;
  for (let i = 0; i < high.length; i++) {
    const x = high[i]!;
    if (!(x > 1e-290 && x < Infinity)) {
      [high[i], low[i]] = twice.log([x, low[i]!]) as [number, number];
      continue;
    }
    taken[0] = x;
    const upper = words[1]!;
    const j = (upper >>> 13) & (steps - 1);
    const exponent = (upper >>> 20) - middle;
    const k = j < sqrt2Step ? exponent : exponent + 1;
    const m = x * twoTo[middle - exponent]!;
    const c = inverses[j]!;
    const mHigh = Math.fround(m);
    const first = mHigh * c - 1;
    const second = (m - mHigh) * c;
    const r = first + second;
    const rLow = second - (r - first);
    const square = r * r;
    const turns = k * ln2High;
    const logarithm = logarithms[j]!;
    const whole = turns + logarithm;
    const withR = whole + r;
    const sum = withR - square / 2;
    const rest =
      logarithmsLow[j]! +
      k * (ln2Middle + ln2Low) +
      (logarithm - (whole - turns)) +
      lostBySum(whole, r, withR) -
      (square / 2 + (sum - withR)) -
      lostByProduct(r, r, square) / 2 +
      (rLow * (1 - r) + (low[i] === 0 ? 0 : low[i]! / x)) +
      r * square * logTail(r, square);
    const result = sum + rest;
    high[i] = result;
    low[i] = rest - (result - sum);
  }
}

/** 1/3 − r/4 + r²/5 − …, in pairs, so that the processor need not wait. */
function logTail(r: number, square: number): number {
  const last = 1 / 7 - r * (1 / 8) + square * (1 / 9 - r * (1 / 10));
  return 1 / 3 - r * (1 / 4) + square * (1 / 5 - r * (1 / 6) + square * last);
}

function fillTable(): void {
  for (let k = -middle; k <= middle; k++) table.twoTo[k + middle] = 2 ** k;
  for (let j = 0; j < steps; j++) {
    const [power, powerLow] = twice.exp(times([j / steps, 0], ln2));
    table.power[j] = power;
    table.powerLow[j] = powerLow;
    // Exactly 1 or ½ next to 1, so that small logarithms keep their digits.
    const c = j === 0 ? 1 : j === steps - 1 ? 0.5 : Math.round(512 / (1 + (j + 0.5) / steps)) / 512;
    const [high, low] = twice.log([j < sqrt2Step ? c : 2 * c, 0]);
    table.c[j] = c;
    table.logarithm[j] = -high;
    table.logarithmLow[j] = -low;
  }
}
