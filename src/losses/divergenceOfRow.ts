import type { Scores } from "./surprise.ts";
import { exactSum, exp, log, minus, over, plus, rounded, type Twice, times } from "./twice.ts";

const zero: Twice = [0, 0];
const one: Twice = [1, 0];
const numberOf = (x: number): Twice => [x, 0];

/**
 * Σ t·log(t/q) of one row with twice the digits: Σ (t·log(t/q) − t + q) + Σ (t − q), where no term of the first
 * sum is negative. Shares q that come from logits add up to 1, so that the second sum is Σt − 1; others are only
 * what they are.
 */
export function divergenceOfRow(
  row: readonly number[],
  t: readonly number[],
  scores: Scores,
): number {
  const whole = scores === "logits";
  // In this order what is small is added to what the large ones have left of 1.
  const falling = [...t].sort((a, b) => b - a);
  let sum = whole ? sumOf([-1, ...falling].map(numberOf)) : zero;
  for (const [i, share] of sharesOf(row, scores).entries()) {
    const target = t[i]!;
    // Classes of share 0 cost nothing, even where q is 0.
    if (target === 0) sum = whole ? plus(sum, share.q) : sum;
    else if (share.log[0] === -Infinity) return Infinity;
    else {
      sum = plus(sum, beyond(target, share));
      if (!whole) sum = plus(sum, minus([target, 0], share.q));
    }
  }
  return rounded(sum);
}

/** q·Σt − t of one row of logits, with twice the digits. */
export function excessOfRow(row: readonly number[], t: readonly number[]): number[] {
  const powers = powersOf(row);
  const lead = row.reduce((best, z, i) => (z > row[best]! ? i : best), 0);
  const others = (all: readonly Twice[]) => sumOf(all.filter((_, i) => i !== lead));
  const shares = t.map(numberOf);
  // (e·Σt − t·Σe) / Σe; in that of the lead both sums are without its own, which would cancel.
  const [rest, otherShares] = [others(powers), others(shares)];
  const [total, allShares] = [plus(rest, one), plus(otherShares, shares[lead]!)];
  return powers.map((power, i) => {
    const [gained, paid] = i === lead ? [otherShares, rest] : [allShares, total];
    return rounded(over(minus(times(power, gained), times(shares[i]!, paid)), total));
  });
}

/** A probability and its logarithm. */
interface Share {
  readonly q: Twice;
  readonly log: Twice;
}

function sharesOf(row: readonly number[], scores: Scores): Share[] {
  if (scores === "probabilities") return row.map((q) => ({ q: [q, 0], log: log([q, 0]) }));
  if (scores === "log-probabilities") return row.map((z) => ({ q: exp([z, 0]), log: [z, 0] }));
  const powers = powersOf(row);
  const total = sumOf(powers);
  const logTotal = log(total);
  return gapsOf(row).map((gap, i) => ({
    q: over(powers[i]!, total),
    log: gap[0] === -Infinity ? gap : minus(gap, logTotal),
  }));
}

/** How far each number is below the largest. */
function gapsOf(row: readonly number[]): Twice[] {
  const top = Math.max(...row);
  return row.map((z): Twice => (z === -Infinity ? [z, 0] : exactSum(z, -top)));
}

const powersOf = (row: readonly number[]): Twice[] => gapsOf(row).map(exp);
const sumOf = (numbers: readonly Twice[]): Twice => numbers.reduce(plus, zero);

/** t·log(t/q) − t + q, which for a small u = (t − q)/q is q·((1 + u)·log(1 + u) − u). */
function beyond(t: number, { q, log: logarithm }: Share): Twice {
  const apart = minus([t, 0], q);
  const u = over(apart, q);
  if (!(Math.abs(u[0]) < 0.01)) return minus(times([t, 0], minus(log([t, 0]), logarithm)), apart);
  let series = zero;
  for (let n = 17; n >= 2; n--) series = minus(over(one, [n * (n - 1), 0]), times(u, series));
  return times(times(apart, u), series);
}
