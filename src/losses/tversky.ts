import { notNegative } from "../options.ts";
import { byNumber } from "./byNumber.ts";
import { defineRowLoss, type RowLossFacts } from "./defineRowLoss.ts";
import { lossOptions, probabilitiesFit, sharesFit } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";

export interface TverskyOptions extends LossOptions {
  /** What a false positive counts. Default 0.3, as in the paper. */
  readonly falsePositive?: number;
  /** What a false negative counts. Default 0.7, as in the paper. */
  readonly falseNegative?: number;
  /** Added above and below the line, so that an empty mask has a value. Default 1. */
  readonly smoothing?: number;
}

/**
 * Tversky loss: one minus the overlap of a predicted mask with the true one, with false alarms and
 * misses weighed apart.
 * Each row is one mask, flattened; predictions are probabilities. It looks at the masks as wholes, so
 * it is not a mean over pixels, and it is not convex.
 *
 * @throws RangeError when a probability or a target is outside 0 … 1, or a setting negative
 *
 * @example
 * tversky({ smoothing: 0 })([1, 1, 0], [1, 0, 1])   // → 0.5
 */
export function tversky(options: TverskyOptions = {}): RowLoss<readonly number[]> {
  const { falsePositive, falseNegative, smoothing, reduction } = lossOptions("tversky", options, {
    falsePositive: 0.3,
    falseNegative: 0.7,
    smoothing: 1,
  });
  notNegative("falsePositive", falsePositive);
  notNegative("falseNegative", falseNegative);
  notNegative("smoothing", smoothing);
  return defineRowLoss(
    {
      ...overlapFacts("tversky", falsePositive, falseNegative, smoothing),
      name: "Tversky",
      formula: [
        {
          value:
            "1 - (sum(t .* z) + s) / (sum(t .* z) + a * sum((1 - t) .* z) + b * sum(t .* (1 - z)) + s)",
        },
      ],
      tex: String.raw`1 - \frac{TP + s}{TP + a\,FP + b\,FN + s}`,
      parameters: { a: falsePositive, b: falseNegative, s: smoothing },
      source:
        "Salehi, Erdogmus & Gholipour (2017), Tversky Loss Function for Image Segmentation. arXiv:1706.05721",
    },
    { reduction },
  );
}

/**
 * What Tversky, Dice, IoU and soft F1 share: 1 − N/D with N = TP + s and D = TP + a·FP + b·FN + s,
 * where TP = Σ tz, FP = Σ (1−t)z and FN = Σ t(1−z).
 */
export function overlapFacts(caller: string, a: number, b: number, s: number) {
  const parts = (z: readonly number[], t: readonly number[]) => {
    const [dN, dW] = [t, t.map((on) => a * (1 - on) - b * on)];
    const N = z.reduce((sum, p, i) => sum + p * t[i]!, s);
    const W = z.reduce((sum, p, i) => sum + a * p * (1 - t[i]!) + b * t[i]! * (1 - p), 0);
    const dD = t.map((_, i) => dN[i]! + dW[i]!);
    return { N, W, D: N + W, dN, dW, dD };
  };
  return {
    argument: "mask",
    targets: "row",
    value: (z, t) => {
      const hits = z.mul(t).sum(-1);
      const alarms = z.mul(t.neg().add(1)).sum(-1).mul(a);
      const misses = z.neg().add(1).mul(t).sum(-1).mul(b);
      // 1 − N/D = (D − N)/D, which keeps the digits where the masks nearly agree.
      return partOf(alarms.add(misses), hits.add(s));
    },
    gradient: (z, t) => {
      const { N, W, D, dN, dW } = parts(z, t);
      return z.map((_, i) => (dW[i]! * N - W * dN[i]!) / D ** 2);
    },
    curvature: (z, t) => {
      const { N, D, dN, dD } = parts(z, t);
      return z.map((_, i) =>
        z.map((_, j) => {
          const mixed = dN[i]! * dD[j]! + dN[j]! * dD[i]!;
          return (mixed * D - 2 * N * dD[i]! * dD[j]!) / D ** 3;
        }),
      );
    },
    convex: false,
    seams: [],
    steepest: Infinity,
    line: { row: (p) => [p], direction: [1], target: [1], from: 0.001, to: 0.999 },
    check: (z, t) => {
      probabilitiesFit(caller, z, "Hint: take sigmoid of raw scores first.");
      sharesFit(caller, t);
      emptyFits(caller, s, z.sum(-1).data, t.sum(-1).data);
    },
  } satisfies Omit<RowLossFacts<readonly number[]>, "name" | "formula" | "parameters" | "source">;
}

/** w/(w + h) with slopes h/(w + h)² and −w/(w + h)²: a quotient would have them as differences of larger terms. */
const partOf = byNumber("part", (w, h) => w! / (w! + h!), [
  (w, h) => h!.div(w!.add(h!).square()),
  (w, h) => w!.div(w!.add(h!).square()).neg(),
]);

/** Without smoothing the overlap of two empty masks is 0/0. */
function emptyFits(
  caller: string,
  smoothing: number,
  predicted: ArrayLike<number>,
  wanted: ArrayLike<number>,
): void {
  if (smoothing > 0) return;
  const row = Array.from(predicted).findIndex((sum, i) => sum === 0 && wanted[i] === 0);
  if (row < 0) return;
  throw new RangeError(
    `${caller} has no value for two empty masks, but row ${row} has nothing in prediction and target.\nHint: smoothing: 1 gives them the loss 0.`,
  );
}
