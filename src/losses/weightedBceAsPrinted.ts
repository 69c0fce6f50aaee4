import { type Tensor, where } from "../engine/index.ts";
import { positive as above } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss } from "./Loss.ts";
import type { WeightedBceOptions } from "./weightedBce.ts";

/** What the printed code adds so that the logarithm stays finite. */
const epsilon = 1e-7;

/**
 * Weighted binary cross-entropy as texts print it, with 1e-7 added inside the logarithms.
 * Kept to be looked at: it is negative for a certain and right prediction, stops growing at 16.1 times
 * the weight, and through a sigmoid loses the gradient of a confident mistake. It comes without a
 * mean, as printed. `weightedBce` is the right one.
 *
 * @throws RangeError when a weight is not positive, or a prediction or a target outside 0 … 1
 *
 * @example
 * weightedBceAsPrinted()([0, 1], [1, 0])   // → [12.8944765208, 3.22361913020]
 */
export function weightedBceAsPrinted(options: WeightedBceOptions = {}): Loss {
  const { positive, negative, reduction } = lossOptions<{ positive: number; negative: number }>(
    "weightedBceAsPrinted",
    options,
    {
      positive: 0.8,
      negative: 0.2,
      reduction: "none",
    },
  );
  above("positive", positive);
  above("negative", negative);
  return defineLoss(
    {
      name: "Weighted binary cross-entropy as printed",
      argument: "probability",
      formula: [{ value: "-(a * y * log(p + 1e-7) + b * (1 - y) * log(1 - p + 1e-7))" }],
      parameters: { a: positive, b: negative },
      value: (p, y) => {
        const ones = y.mul(positive).mul(logWithEpsilon(p, p.sub(1)));
        const q = p.neg().add(1);
        const zeros = y.neg().add(1).mul(negative).mul(logWithEpsilon(q, p.neg()));
        return ones.add(zeros).neg();
      },
      gradient: (p, y) => (negative * (1 - y)) / (1 - p + epsilon) - (positive * y) / (p + epsilon),
      curvature: (p, y) =>
        (negative * (1 - y)) / (1 - p + epsilon) ** 2 + (positive * y) / (p + epsilon) ** 2,
      convex: true,
      seams: [],
      steepest: Math.max(positive, negative) / epsilon,
      source: "Common practice (2015), as in the examples of Keras",
    },
    { reduction },
  );
}

/** log(p + ε) from p and p − 1, which has the digits where p is near 1: there the logarithm is near 0. */
function logWithEpsilon(p: Tensor, less: Tensor): Tensor {
  const low = p.less(0.5);
  const far = where(low, p, 1).add(epsilon).log();
  return where(low, far, where(low, 0, less).add(epsilon).log1p());
}
