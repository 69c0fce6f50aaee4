import type { Tensor, Values } from "../engine/index.ts";
import { byTerms } from "./byNumber.ts";
import { type Columns, columnsFrom, columnsOf, negative } from "./columns.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions, place } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { logInColumns } from "./swiftPowers.ts";
import {
  careful,
  exactSum,
  log,
  log2Pi,
  lostByProduct,
  lostBySum,
  minus,
  over,
  plus,
  times,
} from "./twice.ts";

export interface GaussianNllOptions extends LossOptions {
  /** Adds ½ log 2π, which no parameter can change. Default false, as in PyTorch. */
  readonly full?: boolean;
}

/**
 * Gaussian negative log-likelihood of rows [mean, variance]: the model also says how sure it is.
 * Being sure and wrong costs most. It is not convex, and a variance near zero makes it steep:
 * predict the logarithm of the variance and take exp. (PyTorch cuts the variance at 1e-6.)
 *
 * @throws RangeError when a variance is not positive
 *
 * @example
 * gaussianNll()([[0, 1], [0, 4]], [2, 2])   // → 1.59657359028
 */
export function gaussianNll(options: GaussianNllOptions = {}): RowLoss<number> {
  const { full, reduction } = lossOptions<{ full: boolean }>("gaussianNll", options, {
    full: false,
  });
  const ofNumbers = inNumbers(full);
  return defineRowLoss(
    {
      name: "Gaussian negative log-likelihood",
      argument: "mean and variance",
      targets: "number",
      formula: [{ value: `(log(${full ? "2 * pi * " : ""}z[2]) + (y - z[1])^2 / z[2]) / 2` }],
      tex: String.raw`\tfrac12 \left(\log ${full ? "2\\pi" : ""}\sigma^2 + (y - \mu)^2 / \sigma^2\right)`,
      parameters: {},
      value: (rows, y) => {
        const [mean, variance] = [0, 1].map((c) => rows.slice(c, c + 1, 1).reshape([-1]));
        return ofNumbers(mean!, variance!, y);
      },
      gradient: ([mean, variance], y) => [
        (mean! - y) / variance!,
        surplusAt(mean!, variance!, y) / variance! / variance! / 2,
      ],
      curvature: ([mean, variance], y) => {
        const r = mean! - y;
        const mixed = -r / variance! ** 2;
        return [
          [1 / variance!, mixed],
          [mixed, (r ** 2 / variance! - 0.5) / variance! ** 2],
        ];
      },
      convex: false,
      seams: [],
      steepest: Infinity,
      line: { row: (mean) => [mean, 1], direction: [1, 0], target: 0, from: -3, to: 3 },
      check: pairsFit,
      source:
        "Nix & Weigend (1994), Estimating the Mean and Variance of the Target Probability Distribution. doi:10.1109/ICNN.1994.374138",
    },
    { reduction },
  );
}

/** The loss as an operation on means, variances and targets. */
const inNumbers = (full: boolean) =>
  byTerms(
    "gaussianNll",
    (m, v, y) => termsOf(m!, v!, y!, full),
    (m, v, y) => lossAt(m! - y!, [m!, v!, y!], full),
    [
      (m, v, y) => m!.sub(y!).div(v!),
      (m, v, y) => surplus(m!, v!, y!).div(v!).div(v!).div(2),
      (m, v, y) => y!.sub(m!).div(v!),
    ],
  );

/** ½ (log σ² + r²/σ²), whose two terms may cancel. */
function lossAt(r: number, [mean, variance, y]: readonly [number, number, number], full: boolean) {
  const [spread, logarithm] = [r ** 2 / variance, Math.log(variance)];
  const constant = full ? log2Pi[0] : 0;
  const size = spread + Math.abs(logarithm) + constant;
  const twice = careful(spread + logarithm + constant, size, () => {
    const apart = exactSum(mean, -y);
    const sum = plus(over(times(apart, apart), [variance, 0]), log([variance, 0]));
    return full ? plus(sum, log2Pi) : sum;
  });
  return twice / 2;
}

/** ½ log σ², ½ r²/σ² and perhaps ½ log 2π. */
function termsOf(mean: Values, variance: Values, y: Values, full: boolean): Columns[] {
  const logarithm = columnsFrom(variance);
  logInColumns(logarithm);
  const spread = squaresOf(mean, y);
  for (let i = 0; i < variance.length; i++) {
    const share = over([spread.high[i]!, spread.low[i]!], [variance[i]!, 0]);
    spread.high[i] = share[0] / 2;
    spread.low[i] = share[1] / 2;
    logarithm.high[i]! /= 2;
    logarithm.low[i]! /= 2;
  }
  if (!full) return [logarithm, spread];
  const constant = columnsOf(y.length);
  constant.high.fill(log2Pi[0] / 2);
  constant.low.fill(log2Pi[1] / 2);
  return [logarithm, spread, constant];
}

/** (mean − y)² of many. */
function squaresOf(mean: Values, y: Values): Columns {
  const squares = columnsOf(y.length);
  for (let i = 0; i < y.length; i++) {
    const r = mean[i]! - y[i]!;
    const square = r * r;
    squares.high[i] = square;
    squares.low[i] = lostByProduct(r, r, square) + 2 * r * lostBySum(mean[i]!, -y[i]!, r);
  }
  return squares;
}

/** σ² − r²: where the variance is what it should be, both are almost the same. */
const surplus = byTerms(
  "surplus of variance",
  (m, v, y) => [columnsFrom(v!), negative(squaresOf(m!, y!))],
  (m, v, y) => surplusAt(m!, v!, y!),
  [(m, _, y) => y!.sub(m!).mul(2), () => 1, (m, _, y) => m!.sub(y!).mul(2)],
);

function surplusAt(mean: number, variance: number, y: number): number {
  const square = (mean - y) ** 2;
  return careful(variance - square, variance + square, () => {
    const apart = exactSum(mean, -y);
    return minus([variance, 0], times(apart, apart));
  });
}

function pairsFit(rows: Tensor): void {
  if (rows.shape[1] !== 2)
    throw new RangeError(
      `gaussianNll needs rows of a mean and a variance, but they have ${rows.shape[1]} entries.\nHint: stack([mean, variance], 1).`,
    );
  const wrong = rows.data.findIndex((variance, i) => i % 2 === 1 && !(variance > 0));
  if (wrong < 0) return;
  throw new RangeError(
    `gaussianNll needs variances above 0, but ${place("prediction", wrong, rows)} is ${rows.data[wrong]}.\nHint: predict the logarithm of the variance and take exp.`,
  );
}
