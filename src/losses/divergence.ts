import { defineOperation, type Tensor, type Values, where } from "../engine/index.ts";
import { type Columns, columnsFrom, columnsOf, copyOf, inBlocks, isSure } from "./columns.ts";
import { divergenceOfRow, excessOfRow } from "./divergenceOfRow.ts";
import { type Scores, surprises } from "./surprise.ts";
import { expInColumns, logInColumns } from "./swiftPowers.ts";
import { lostByProduct, lostBySum, type Twice, tidy } from "./twice.ts";

type Pair = readonly [rows: Tensor, shares: Tensor];

/** Σ t·log(t/q) of each row, by what the rows hold. */
export const divergences: Record<Scores, (rows: Tensor, shares: Tensor) => Tensor> = {
  logits: divergence("logits", (rows, t) => excess(rows, t)),
  probabilities: divergence("probabilities", (q, t) => where(t.greater(0), t.div(q).neg(), 0)),
  "log-probabilities": divergence("log-probabilities", (_, t) => t.neg()),
};

/**
 * The divergence with its slope by the rows. Where prediction and target almost agree it is far smaller than
 * any of its terms, so it is added up with more digits than a double has, and where ten bits cancel with twice
 * as many.
 */
function divergence(scores: Scores, slope: (rows: Tensor, shares: Tensor) => Tensor) {
  return defineOperation<Pair>({
    name: `divergence of ${scores}`,
    shape: (rows) => rows!.slice(0, -1),
    compute: (result, inputs, [shape]) => {
      const width = shape!.at(-1)!;
      inBlocks(result, inputs, width, (some, of) => ofRows(some, of, width, scores));
    },
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
  compute: (result, inputs, [shape]) => {
    const width = shape!.at(-1)!;
    inBlocks(result, inputs, width, (some, of) => excessOfRows(some, of, width));
  },
  back: [
    (g, [rows, t]) => {
      const q = rows.softmax();
      const mean = g.mul(q).sum({ axis: -1, keepDims: true });
      return q.mul(g.sub(mean)).mul(t.sum({ axis: -1, keepDims: true }));
    },
    (g, [rows]) => g.mul(rows.softmax()).sum({ axis: -1, keepDims: true }).sub(g),
  ],
});

type Inputs = readonly Values[];

/** Σ t·(log t − log q) of each row. */
function ofRows(result: Values, [rows, shares]: Inputs, width: number, scores: Scores): void {
  const wanted = columnsFrom(shares!);
  logInColumns(wanted);
  const predicted = logarithms(rows!, width, scores);
  for (let row = 0; row < result.length; row++) {
    let high = 0;
    let low = 0;
    let size = 0;
    for (let i = row * width; i < (row + 1) * width; i++) {
      const t = shares![i]!;
      // Classes of share 0 cost nothing, even where q is 0.
      if (t === 0) continue;
      const a = wanted.high[i]!;
      const b = -predicted.high[i]!;
      const ratio = a + b;
      const ratioLow = lostBySum(a, b, ratio) + (wanted.low[i]! - predicted.low[i]!);
      const term = t * ratio;
      const sum = high + term;
      low += lostBySum(high, term, sum) + (lostByProduct(t, ratio, term) + t * ratioLow);
      high = sum;
      size += t * (Math.abs(a) + Math.abs(b));
    }
    const sum = high + low;
    result[row] = isSure(sum, size)
      ? sum
      : divergenceOfRow(rowOf(rows!, row, width), rowOf(shares!, row, width), scores);
  }
}

const rowOf = (all: Values, row: number, width: number): number[] =>
  Array.from(all.subarray(row * width, (row + 1) * width));

/** log q of every class of every row. */
function logarithms(rows: Values, width: number, scores: Scores): Columns {
  if (scores === "logits") return logarithmsOfLogits(rows, width);
  const columns = columnsFrom(rows);
  if (scores === "probabilities") logInColumns(columns);
  return columns;
}

/** z − top − log Σ e^(z − top). */
function logarithmsOfLogits(rows: Values, width: number): Columns {
  const gaps = gapsOf(rows, width);
  const powers = copyOf(gaps);
  expInColumns(powers);
  const others = othersOf(powers, width);
  const totals = columnsOf(others.high.length);
  for (let row = 0; row < totals.high.length; row++) {
    const other = others.high[row]!;
    const total = 1 + other;
    totals.high[row] = total;
    totals.low[row] = lostBySum(1, other, total) + others.low[row]!;
  }
  logInColumns(totals);
  for (let i = 0, row = 0; row < totals.high.length; row++) {
    const logTotal = totals.high[row]!;
    for (const end = i + width; i < end; i++) {
      const gap = gaps.high[i]!;
      const logarithm = gap - logTotal;
      gaps.low[i]! += lostBySum(gap, -logTotal, logarithm) - totals.low[row]!;
      gaps.high[i] = logarithm;
    }
  }
  return gaps;
}

/** z − top of each number of each row. */
function gapsOf(rows: Values, width: number): Columns {
  const gaps = columnsOf(rows.length);
  for (let from = 0; from < rows.length; from += width) {
    let top = rows[from]!;
    for (let i = from + 1; i < from + width; i++) top = Math.max(top, rows[i]!);
    for (let i = from; i < from + width; i++) {
      const gap = rows[i]! - top;
      gaps.high[i] = gap;
      gaps.low[i] = lostBySum(rows[i]!, -top, gap);
    }
  }
  return gaps;
}

/** For each row the sum of the powers of all numbers but its top, whose power is 1. */
function othersOf(powers: Columns, width: number): Columns {
  const others = columnsOf(powers.high.length / width);
  for (let row = 0; row < others.high.length; row++) {
    const sum = sumOfRow(powers, row * width, width, -1);
    others.high[row] = sum[0];
    others.low[row] = sum[1];
  }
  return others;
}

/** The sum of a row of columns and of one number more, which may take nearly all of it away. */
function sumOfRow({ high, low }: Columns, from: number, width: number, more: number): Twice {
  let sum = more;
  let rest = 0;
  for (let i = from; i < from + width; i++) {
    const next = sum + high[i]!;
    rest += lostBySum(sum, high[i]!, next) + low[i]!;
    sum = next;
  }
  return tidy(sum, rest);
}

/** q·Σt − t = (e·Σt − t·Σe) / Σe of each number e = e^(z − top), both sums without its own term, which cancels. */
function excessOfRows(result: Values, [rows, shares]: Inputs, width: number): void {
  const powers = gapsOf(rows!, width);
  expInColumns(powers);
  const others = othersOf(powers, width);
  const wanted = columnsFrom(shares!);
  for (let row = 0; row < others.high.length; row++) {
    const from = row * width;
    const rest = others.high[row]!;
    const total = 1 + rest;
    const totalLow = lostBySum(1, rest, total) + others.low[row]!;
    const allShares = sumOfRow(wanted, from, width, 0);
    const sum = allShares[0];
    const sumLow = allShares[1];
    let sure = true;
    for (let i = from; i < from + width; i++) {
      const t = shares![i]!;
      const power = powers.high[i]!;
      const otherShares = sum - t;
      const otherSharesLow = lostBySum(sum, -t, otherShares) + sumLow;
      const otherPowers = total - power;
      const otherPowersLow = lostBySum(total, -power, otherPowers) + (totalLow - powers.low[i]!);
      const gained = power * otherShares;
      const paid = t * otherPowers;
      const apart = gained - paid;
      const low =
        lostByProduct(power, otherShares, gained) -
        lostByProduct(t, otherPowers, paid) +
        (power * otherSharesLow + powers.low[i]! * otherShares - t * otherPowersLow);
      const difference = apart + (lostBySum(gained, -paid, apart) + low);
      // Whatever of either sum is below its first double counts as well.
      if (
        !isSure(
          difference,
          gained + paid + power * Math.abs(otherSharesLow) + t * Math.abs(otherPowersLow),
        )
      )
        sure = false;
      result[i] = difference / total;
    }
    if (!sure) result.set(excessOfRow(rowOf(rows!, row, width), rowOf(shares!, row, width)), from);
  }
}
