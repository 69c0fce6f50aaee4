import type { Tensor } from "../engine/index.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions, place } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";

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
  const constant = full ? Math.log(2 * Math.PI) / 2 : 0;
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
        const spread = mean!.sub(y).square().div(variance!);
        return spread.add(variance!.log()).mul(0.5).add(constant);
      },
      gradient: ([mean, variance], y) => {
        const r = mean! - y;
        return [r / variance!, (1 - r ** 2 / variance!) / (2 * variance!)];
      },
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
