import type { Code } from "./encode.ts";
import type { Lanes } from "./Lanes.ts";

/**
 * The elementary functions on vectors, without a branch: each argument is reduced to a short interval,
 * where a polynomial is exact to the last digits.
 * @see S. Sun et al., FreeBSD's msun (fdlibm), for the reductions and the coefficients of log.
 */

/** ln 2 in two parts; the high one has zeros at its end, so that k·high is exact. */
const ln2 = {
  float64: { high: 0.6931471803691238, low: 1.9082149292705877e-10 },
  float32: { high: 0.693359375, low: -2.1219444e-4 },
} as const;

/** Above and below these e^x is Infinity and 0. */
const expRange = {
  float64: { low: -746, high: 710 },
  float32: { low: -104, high: 89 },
} as const;

/** Adding this number leaves a whole number in the lowest bits. */
const toBits = { float64: 6755399441055744, float32: 12582912 } as const;
const mantissaBits = { float64: 52, float32: 23 } as const;
const exponentBias = { float64: 1023, float32: 127 } as const;

/** e^x = 2^k · e^r with |r| ≤ ½ ln 2. */
export function exp(l: Lanes, x: Code): Code {
  const { low, high } = expRange[l.kind];
  const clipped = l.keep(l.atMost(l.atLeast(x, l.constant(low)), l.constant(high)));
  const { k, r } = reduce(l, clipped);
  const series = polynomial(l, r, [1, 1, ...expSeries[l.kind]]);
  // In two halves, so that results below the smallest normal number are reached, too.
  const half = l.keep(l.nearest(l.mul(k, l.constant(0.5))));
  return l.keep(l.mul(l.mul(series, powerOfTwo(l, half)), powerOfTwo(l, l.sub(k, half))));
}

/**
 * e^(−|x|). It is at most 1, so 2^k may be lifted to where it is normal for every k, and the product, which may be
 * smaller than any normal number, is let down again by one rounding.
 */
function expBelow(l: Lanes, x: Code): Code {
  const clipped = l.keep(l.atLeast(l.below(x), l.constant(expRange[l.kind].low)));
  const { k, r } = reduce(l, clipped);
  const series = polynomial(l, r, [1, 1, ...expSeries[l.kind]]);
  const lift = l.kind === "float64" ? 64 : 32;
  return l.keep(l.mul(l.mul(series, powerOfTwo(l, k, lift)), l.constant(2 ** -lift)));
}

/**
 * Coefficients of (e^r − 1 − r)/r² on |r| ≤ ½ ln 2, fitted so that the largest relative error of e^r − 1 is least:
 * test/fixtures/series.py prints them.
 */
const expSeries = {
  float64: [
    0.5000000000000006, 0.16666666666666685, 0.04166666666657362, 0.008333333333314602,
    0.0013888888932379715, 0.00019841269903009037, 2.4801504444916253e-5, 2.7557227973772424e-6,
    2.762632691727209e-7, 2.511446670548629e-8,
  ],
  float32: [0.500000006194, 0.166665429921, 0.0416662820152, 0.00836658394723, 0.00139464508633],
} as const;

function reduce(l: Lanes, x: Code): { k: Code; r: Code } {
  const { high, low } = ln2[l.kind];
  const k = l.keep(l.nearest(l.mul(x, l.constant(Math.LOG2E))));
  const r = l.keep(l.sub(l.sub(x, l.mul(k, l.constant(high))), l.mul(k, l.constant(low))));
  return { k, r };
}

/** 2^(k + lift) for a whole k, by writing it into the exponent's bits. */
function powerOfTwo(l: Lanes, k: Code, lift = 0): Code {
  const shifted = l.add(k, l.constant(toBits[l.kind] + exponentBias[l.kind] + lift));
  return l.keep(l.bitsLeft(shifted, mantissaBits[l.kind]));
}

/** c₀ + c₁x + c₂x² + … by Estrin's scheme: pairs are joined side by side, so the processor need not wait. */
function polynomial(l: Lanes, x: Code, coefficients: readonly number[]): Code {
  let terms: Code[] = coefficients.map((c) => l.constant(c));
  let power = x;
  while (terms.length > 1) {
    const joined: Code[] = [];
    for (let i = 0; i < terms.length; i += 2) {
      const next = terms[i + 1];
      joined.push(next === undefined ? terms[i]! : l.keep(l.add(l.mul(next, power), terms[i]!)));
    }
    terms = joined;
    if (terms.length > 1) power = l.keep(l.mul(power, power));
  }
  return terms[0]!;
}

/** e^x − 1 = 2^k (e^r − 1) + (2^k − 1), where e^r − 1 = r + r²(½ + r/6 + …). */
export function expm1(l: Lanes, x: Code): Code {
  const { low, high } = expRange[l.kind];
  const clipped = l.keep(l.atMost(l.atLeast(x, l.constant(low)), l.constant(high)));
  const { k, r } = reduce(l, clipped);
  const small = smallExpm1(l, r);
  // 2^k itself overflows for the largest x, so half of it is multiplied in at the end.
  const half = l.keep(l.nearest(l.mul(k, l.constant(0.5))));
  const rest = l.keep(l.sub(k, half));
  const first = powerOfTwo(l, half);
  const bracket = l.add(l.mul(first, small), l.sub(first, powerOfTwo(l, l.keep(l.neg(rest)))));
  const result = l.keep(l.mul(bracket, powerOfTwo(l, rest)));
  return l.keep(l.select(l.compare("eq", k, l.constant(0)), small, result));
}

function smallExpm1(l: Lanes, r: Code): Code {
  const tail = polynomial(l, r, expSeries[l.kind]);
  return l.keep(l.add(l.mul(l.mul(r, r), tail), r));
}

/** tanh |x| = t / (2 − t) with t = 1 − e^(−2|x|); the sign is put back. */
export function tanh(l: Lanes, x: Code): Code {
  const farthest = l.kind === "float64" ? -80 : -40;
  const y = l.keep(l.atLeast(l.mul(l.below(x), l.constant(2)), l.constant(farthest)));
  const { k, r } = reduce(l, y);
  const scale = powerOfTwo(l, k);
  const small = smallExpm1(l, r);
  const t = l.keep(l.sub(l.sub(l.constant(1), scale), l.mul(scale, small)));
  const size = l.div(t, l.sub(l.constant(2), t));
  return l.keep(l.or(size, l.and(x, l.constant(-0))));
}

/** Coefficients of log((1 + s)/(1 − s)) = 2s + s·R(s²), fitted on [0, 0.1716]. */
const logSeries = {
  float64: [
    0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784,
    0.1818357216161805, 0.15313837699209373, 0.14798198605116586,
  ],
  float32: [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841],
} as const;
const sqrtHalfBits = { float64: 0x3fe6a09e667f3bcdn, float32: 0x3f3504f3n } as const;
const ln2ForLog = {
  float64: ln2.float64,
  float32: { high: 6.9313812256e-1, low: 9.0580006145e-6 },
} as const;

/** log x for a positive normal x: x = 2^k (1 + f) with √½ ≤ 1 + f < √2. */
function logNormal(l: Lanes, x: Code): Code {
  const shift = mantissaBits[l.kind];
  const exponent = l.keep(l.bitsRight(l.bitsSub(x, l.bits(sqrtHalfBits[l.kind])), shift));
  const f = l.keep(l.sub(l.bitsSub(x, l.bitsLeft(exponent, shift)), l.constant(1)));
  const k = l.keep(wholeToFloat(l, exponent));
  const s = l.keep(l.div(f, l.add(f, l.constant(2))));
  const z = l.keep(l.mul(s, s));
  const series = l.mul(polynomial(l, z, logSeries[l.kind]), z);
  const half = l.keep(l.mul(l.mul(f, f), l.constant(0.5)));
  const { high, low } = ln2ForLog[l.kind];
  const correction = l.add(l.mul(s, l.add(half, series)), l.mul(k, l.constant(low)));
  return l.keep(l.sub(l.mul(k, l.constant(high)), l.sub(l.sub(half, correction), f)));
}

/** A whole number in a lane's bits as a number: written into the last bits of a large one, which is then taken off. */
function wholeToFloat(l: Lanes, bits: Code): Code {
  const large = toBits[l.kind];
  return l.sub(l.bitsAdd(bits, l.constant(large)), l.constant(large));
}

/** log x with its edges: −Infinity at 0, NaN below, exact for the smallest numbers. */
export function log(l: Lanes, x: Code): Code {
  const smallest = l.constant(l.kind === "float64" ? 2 ** -1022 : 2 ** -126);
  const lift = l.kind === "float64" ? 54 : 25;
  const tiny = l.keep(l.compare("lt", x, smallest));
  const lifted = l.keep(l.select(tiny, l.mul(x, l.constant(2 ** lift)), x));
  const down = l.and(tiny, l.constant(lift * Math.LN2));
  const inside = l.keep(l.sub(logNormal(l, lifted), down));
  const atZero = l.keep(
    l.select(l.compare("eq", x, l.constant(0)), l.constant(-Infinity), l.constant(NaN)),
  );
  const positive = l.keep(l.select(l.compare("gt", x, l.constant(0)), inside, atZero));
  return l.keep(l.select(l.compare("eq", x, l.constant(Infinity)), x, positive));
}

/** log(1 + x) = log u + (x − (u − 1))/u with u = 1 + x: the second term is what rounding u lost. */
export function log1p(l: Lanes, x: Code): Code {
  const u = l.keep(l.add(x, l.constant(1)));
  const lost = l.keep(l.div(l.sub(x, l.sub(u, l.constant(1))), u));
  const finite = l.and(l.compare("gt", u, l.constant(0)), l.compare("lt", u, l.constant(Infinity)));
  return l.keep(l.add(log(l, u), l.and(finite, lost)));
}

/** log(1 + x) for x from 0 to 1, as softplus needs it: (1 + s)/(1 − s) = 1 + x with s = x/(x + 2) ≤ ⅓. */
function log1pUnit(l: Lanes, x: Code): Code {
  const s = l.keep(l.div(x, l.add(x, l.constant(2))));
  const z = l.keep(l.mul(s, s));
  const series = l.mul(polynomial(l, z, unitSeries[l.kind]), z);
  const half = l.keep(l.mul(l.mul(x, x), l.constant(0.5)));
  return l.keep(l.sub(x, l.sub(half, l.mul(s, l.add(half, series)))));
}

/** As logSeries, but fitted on [0, ⅓]: three terms more cost less than a way to a shorter interval. */
const unitSeries = {
  float64: [
    0.6666666666666631, 0.40000000000157243, 0.2857142854785388, 0.22222223969732782,
    0.18181743924835875, 0.1538655992546939, 0.13300973550514023, 0.1210608655372006,
    0.08340100162295146, 0.1701857782434892,
  ],
  float32: [0.666664131329, 0.400216990538, 0.279991411369, 0.280244586243],
} as const;

/** 1/(1 + e^(−x)), from e^(−|x|) so that nothing overflows. */
export function sigmoid(l: Lanes, x: Code): Code {
  const e = expBelow(l, x);
  // 1 from 0 on, else e, which is never more than 1.
  const top = l.atLeast(e, l.and(l.compare("ge", x, l.constant(0)), l.constant(1)));
  return l.keep(l.div(top, l.add(e, l.constant(1))));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^(−|x|)). */
export function softplus(l: Lanes, x: Code): Code {
  return l.keep(l.add(l.atLeast(x, l.constant(0)), log1pUnit(l, expBelow(l, x))));
}
