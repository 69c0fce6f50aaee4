import { arange, type Tensor, where } from "../engine/index.ts";
import { surprise } from "./bce.ts";

/** What the rows of a classifier may hold. */
export type Scores = "logits" | "probabilities" | "log-probabilities";

/** −log q of every class, from whatever the classifier gives. */
export function surprises(rows: Tensor, scores: Scores): Tensor {
  if (scores === "log-probabilities") return rows.neg();
  if (scores === "logits") return softmaxSurprise(rows);
  return rows.log().neg();
}

/** −Σ t·log q of each row; classes of share 0 cost nothing, even where q is 0. */
export function expectedSurprise(rows: Tensor, shares: Tensor, scores: Scores): Tensor {
  if (scores === "probabilities") return surprise(rows, shares).sum(-1);
  return surprises(rows, scores).mul(shares).sum(-1);
}

/**
 * −log softmax(z), to the last digit also where softmax rounds to 1: with z₁ the largest logit,
 * log Σ e^z = z₁ + log(1 + Σ e^(z − z₁)) over the others, and no term is negative.
 * Of equal largest ones the first is taken, so that the second derivative is right at a tie.
 */
export function softmaxSurprise(z: Tensor): Tensor {
  const positions = arange(z.shape.at(-1)!);
  const largest = z.equal(z.max({ axis: -1, keepDims: true }));
  const first = where(largest, positions, Infinity).min({ axis: -1, keepDims: true });
  const chosen = positions.equal(first);
  const top = where(chosen, z, 0).sum({ axis: -1, keepDims: true });
  const gap = where(chosen, 0, z.sub(top));
  const others = where(chosen, 0, gap.exp()).sum({ axis: -1, keepDims: true });
  return gap.neg().add(others.log1p());
}

/** Probabilities of one row of scores, for gradients by hand. */
export function probabilitiesOf(row: readonly number[], scores: Scores): number[] {
  if (scores === "probabilities") return [...row];
  const top = scores === "logits" ? Math.max(...row) : 0;
  const powers = row.map((z) => Math.exp(z - top));
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
  return probabilitiesOf(row, scores).map((q, i) => q * total - t[i]!);
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
