import { byNumber } from "./byNumber.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";
import { exactSum, over } from "./twice.ts";

/**
 * Squared logarithmic error, (log(1 + a) − log(1 + y))² of amounts; its mean is the MSLE.
 * Large amounts are compared by their ratio, small ones by their difference. Too little costs more than as much
 * too much, and far above the target the slope fades: it is not convex there. `mse` of log(1 + amount) is
 * the same value, and convex for a model that predicts that logarithm. Keras raises whatever is below 1e-7 to it,
 * so that an amount below 0 has no slope and stays there; here it is refused.
 *
 * @throws RangeError when a prediction or a target is below 0
 *
 * @example
 * msle({ reduction: "none" })([5, 15, 1e6], [10, 10, 1e6])   // → [0.367400612370, 0.140395181054, 0]
 */
export function msle(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Squared logarithmic error",
      argument: "amount",
      formula: [{ value: "(log(1 + a) - log(1 + y))^2" }],
      parameters: {},
      value: (a, y) => logRatio(a, y).square(),
      gradient: (a, y) => (2 * logRatioOf(a, y)) / (1 + a),
      curvature: (a, y) => (2 * (1 - logRatioOf(a, y))) / (1 + a) ** 2,
      convex: false,
      seams: [],
      steepest: Infinity,
      source:
        "Tofallis (2015), A Better Measure of Relative Prediction Accuracy for Model Selection and Model Estimation. doi:10.1057/jors.2014.103",
    },
    lossOptions("msle", options, {}),
  );
}

const logRatio = byNumber("log ratio of amounts", logRatioOf, [
  (a) => a!.add(1).reciprocal(),
  (_, y) => y!.add(1).reciprocal().neg(),
]);

/** log((1 + a) / (1 + y)), by what the larger one is above the smaller: exact also where both almost agree. */
function logRatioOf(a: number, y: number): number {
  const [less, more] = a < y ? [a, y] : [y, a];
  const [above, rest] = over(exactSum(more, -less), exactSum(1, less));
  const size = Math.log1p(above) + rest / (1 + above);
  return a < y ? -size : size;
}
