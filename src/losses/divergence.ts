import { defineOperation, type Tensor, where } from "../engine/index.ts";
import { eachRow, rowFrom } from "./eachRow.ts";
import { type Scores, surprises } from "./surprise.ts";
import { exactSum, exp, log, minus, over, plus, rounded, type Twice, times } from "./twice.ts";

type Pair = readonly [rows: Tensor, shares: Tensor];

/** Σ t·log(t/q) of each row, by what the rows hold. */
export const divergences: Record<Scores, (rows: Tensor, shares: Tensor) => Tensor> = {
  logits: divergence("logits", (rows, t) => excess(rows, t)),
  probabilities: divergence("probabilities", (q, t) => where(t.greater(0), t.div(q).neg(), 0)),
  "log-probabilities": divergence("log-probabilities", (_, t) => t.neg()),
};

/**
 * The divergence with its slope by the rows. Where prediction and target almost agree it is far smaller than
 * any of its terms, so it is added up with twice the digits.
 */
function divergence(scores: Scores, slope: (rows: Tensor, shares: Tensor) => Tensor) {
  return defineOperation<Pair>({
    name: `divergence of ${scores}`,
    shape: (rows) => rows!.slice(0, -1),
    compute: (result, [rows, shares], [shape]) =>
      eachRow(rows!, shares!, shape!, (row, t, i) => {
        result[i] = ofRow(predicted(row, scores), t, scores);
      }),
    back: [
      (g, [rows, t]) => asColumn(g).mul(slope(rows, t)),
      (g, [rows, t]) => {
        const ratio = where(t.greater(0), t, 1).log().add(surprises(rows, scores));
        return asColumn(g).mul(where(t.greater(0), ratio.add(1), 0));
      },
    ],
  });
}

const asColumn = (g: Tensor): Tensor => g.reshape([-1, 1]);

/** q·Σt − t of rows of logits: where prediction and target almost agree, both terms are almost the same. */
const excess = defineOperation<Pair>({
  name: "excess of shares",
  shape: (rows) => rows!,
  compute: rowFrom(excessOfRow),
  back: [
    (g, [rows, t]) => {
      const q = rows.softmax();
      const mean = g.mul(q).sum({ axis: -1, keepDims: true });
      return q.mul(g.sub(mean)).mul(t.sum({ axis: -1, keepDims: true }));
    },
    (g, [rows]) => g.mul(rows.softmax()).sum({ axis: -1, keepDims: true }).sub(g),
  ],
});

/** Its numbers for one row. */
export function excessOfRow(row: readonly number[], t: readonly number[]): number[] {
  const total = sumOf(t);
  return predicted(row, "logits").map(({ q }, j) => rounded(minus(times(q, total), [t[j]!, 0])));
}

const zero: Twice = [0, 0];
const one: Twice = [1, 0];

const sumOf = (numbers: readonly number[]): Twice =>
  numbers.reduce((sum, number) => plus(sum, [number, 0]), zero);

/** A probability and its logarithm. */
interface Share {
  readonly q: Twice;
  readonly log: Twice;
}

function predicted(row: readonly number[], scores: Scores): Share[] {
  if (scores === "probabilities")
    return row.map((q) => ({ q: [q, 0], log: q > 0 ? log([q, 0]) : [-Infinity, 0] }));
  if (scores === "log-probabilities") return row.map((z) => ({ q: exp([z, 0]), log: [z, 0] }));
  const top = Math.max(...row);
  const gaps = row.map((z): Twice => (z === -Infinity ? [z, 0] : exactSum(z, -top)));
  const powers = gaps.map(exp);
  const total = powers.reduce(plus, zero);
  const logTotal = log(total);
  return gaps.map((gap, i) => ({
    q: over(powers[i]!, total),
    log: gap[0] === -Infinity ? gap : minus(gap, logTotal),
  }));
}

/**
 * Σ t·log(t/q) = Σ (t·log(t/q) − t + q) + Σ (t − q), where no term of the first sum is negative. Shares q that
 * come from logits add up to 1, so that the second sum is Σt − 1; others are only what they are.
 */
function ofRow(shares: readonly Share[], t: readonly number[], scores: Scores): number {
  const whole = scores === "logits";
  let sum = whole ? minus(sumOf(t), one) : zero;
  for (const [i, target] of t.entries()) {
    const share = shares[i]!;
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

/** t·log(t/q) − t + q, which for a small u = (t − q)/q is q·((1 + u)·log(1 + u) − u). */
function beyond(t: number, { q, log: logarithm }: Share): Twice {
  const apart = minus([t, 0], q);
  const u = apart[0] / q[0];
  if (!(Math.abs(u) < 0.01)) return minus(times([t, 0], minus(log([t, 0]), logarithm)), apart);
  let series = 0;
  for (let n = 12; n >= 2; n--) series = 1 / (n * (n - 1)) - u * series;
  return [q[0] * u * u * series, 0];
}
