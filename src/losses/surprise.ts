import type { Tensor } from "../engine/index.ts";
import { surprise } from "./bce.ts";
import { exactSum } from "./twice.ts";

/** What the rows of a classifier may hold. */
export type Scores = "logits" | "probabilities" | "log-probabilities";

/** −log q of every class, from whatever the classifier gives. */
export function surprises(rows: Tensor, scores: Scores): Tensor {
  if (scores === "log-probabilities") return rows.neg();
  if (scores === "logits") return rows.logSoftmax().neg();
  return rows.log().neg();
}

/** −Σ t·log q of each row; classes of share 0 cost nothing, even where q is 0. */
export function expectedSurprise(rows: Tensor, shares: Tensor, scores: Scores): Tensor {
  if (scores === "probabilities") return surprise(rows, shares).sum(-1);
  return surprises(rows, scores).mul(shares).sum(-1);
}

/** Probabilities of one row of scores, for gradients by hand. */
export function probabilitiesOf(row: readonly number[], scores: Scores): number[] {
  if (scores === "probabilities") return [...row];
  const top = scores === "logits" ? Math.max(...row) : 0;
  // Of a large difference, what is rounded off would be many digits of its power.
  const powers = row.map((z) => {
    const [gap, lost] = exactSum(z, -top);
    return Math.exp(gap) * (1 + (Number.isFinite(lost) ? lost : 0));
  });
  if (scores === "log-probabilities") return powers;
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** The slope of Σ t·(−log q) by one row of scores. */
export function slopeOfSurprise(
  row: readonly number[],
  t: readonly number[],
  scores: Scores,
): number[] {
  if (scores === "log-probabilities") return t.map((share) => -share);
  if (scores === "probabilities") return row.map((q, i) => (t[i] === 0 ? 0 : -t[i]! / q));
  const total = t.reduce((sum, share) => sum + share, 0);
  const q = probabilitiesOf(row, scores);
  const lead = q.indexOf(Math.max(...q));
  const others = q.reduce((sum, share, i) => (i === lead ? sum : sum + share), 0);
  // q·Σt − t, where 1 − q of the class that leads is not rounded to 0.
  return q.map((share, i) => {
    const rest = i === lead ? others : 1 - share;
    return share * (total - t[i]!) - t[i]! * rest;
  });
}

/** Its Hessian. */
export function bendOfSurprise(
  row: readonly number[],
  t: readonly number[],
  scores: Scores,
): number[][] {
  const total = t.reduce((sum, share) => sum + share, 0);
  const q = probabilitiesOf(row, scores);
  return row.map((p, i) =>
    row.map((_, j) => {
      if (scores === "logits") return total * ((i === j ? q[i]! : 0) - q[i]! * q[j]!);
      return scores === "probabilities" && i === j && t[i] !== 0 ? t[i]! / p ** 2 : 0;
    }),
  );
}
