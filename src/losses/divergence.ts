import { defineOperation, type Tensor, type Values, where } from "../engine/index.ts";
import { type Columns, columnsFrom, columnsOf, inBlocks, isSure } from "./columns.ts";
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
  const { gaps, others } = raised(rows, width);
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

/**
 * Of each row the place of its top; z − top and e^(z − top) of each number; and the sum of the powers of a row
 * but that of its top, which is 1.
 */
function raised(rows: Values, width: number) {
  const [gaps, others] = [columnsOf(rows.length), columnsOf(rows.length / width)];
  const leads = new Uint32Array(others.high.length);
  for (let row = 0; row < leads.length; row++) {
    const from = row * width;
    let lead = from;
    for (let i = from; i < from + width; i++) if (rows[i]! > rows[lead]!) lead = i;
    leads[row] = lead;
    for (let i = from; i < from + width; i++) {
      const gap = rows[i]! - rows[lead]!;
      gaps.high[i] = gap;
      gaps.low[i] = lostBySum(rows[i]!, -rows[lead]!, gap);
    }
  }
  const powers = { high: gaps.high.slice(), low: gaps.low.slice() };
  expInColumns(powers);
  for (let row = 0; row < leads.length; row++) {
    const sum = sumOfOthers(powers, row * width, width, leads[row]!);
    others.high[row] = sum[0];
    others.low[row] = sum[1];
  }
  return { leads, gaps, powers, others };
}

/** The sum of a row of columns, but for one number. */
function sumOfOthers({ high, low }: Columns, from: number, width: number, but: number): Twice {
  let sum = 0;
  let rest = 0;
  for (let i = from; i < from + width; i++) {
    if (i === but) continue;
    const next = sum + high[i]!;
    rest += lostBySum(sum, high[i]!, next) + low[i]!;
    sum = next;
  }
  return tidy(sum, rest);
}

/** A sum with the number that it was taken without. */
function withOne(rest: Twice, one: number): Twice {
  const sum = rest[0] + one;
  return [sum, lostBySum(rest[0], one, sum) + rest[1]];
}

/** q·Σt − t = (e·Σt − t·Σe) / Σe of each number e = e^(z − top). */
function excessOfRows(result: Values, [rows, shares]: Inputs, width: number): void {
  const { leads, powers, others } = raised(rows!, width);
  const wanted = columnsFrom(shares!);
  for (let row = 0; row < leads.length; row++) {
    const from = row * width;
    const lead = leads[row]!;
    // In that of the lead both sums are without its own, which would cancel.
    const rest: Twice = [others.high[row]!, others.low[row]!];
    const otherShares = sumOfOthers(wanted, from, width, lead);
    const total = withOne(rest, 1);
    const allShares = withOne(otherShares, shares![lead]!);
    let sure = true;
    for (let i = from; i < from + width; i++) {
      const t = shares![i]!;
      const power = powers.high[i]!;
      const gain = i === lead ? otherShares : allShares;
      const payment = i === lead ? rest : total;
      const gained = power * gain[0];
      const paid = t * payment[0];
      const apart = gained - paid;
      const low =
        lostByProduct(power, gain[0], gained) -
        lostByProduct(t, payment[0], paid) +
        (power * gain[1] + powers.low[i]! * gain[0] - t * payment[1]);
      const difference = apart + (lostBySum(gained, -paid, apart) + low);
      sure &&= isSure(difference, gained + paid);
      result[i] = difference / total[0];
    }
    if (!sure) result.set(excessOfRow(rowOf(rows!, row, width), rowOf(shares!, row, width)), from);
  }
}
