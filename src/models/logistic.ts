import type { Dense, InitOptions } from "./dense.ts";
import { affine } from "./linear.ts";
import type { Model } from "./Model.ts";

export interface LogisticOptions extends InitOptions {
  /** How many features each sample has. */
  readonly inputs: number;
}

/**
 * Logistic regression for two classes. It predicts the logit z = Xw + b of class 1, for
 * `bceWithLogits`; the probability is `z.sigmoid()`. On classes that a plane parts it has no best
 * weights: they grow for ever.
 *
 * @throws RangeError when inputs is not a whole number above 0
 *
 * @example
 * models.logistic({ inputs: 1 })({ weight: tensor([2]), bias: tensor(-2) }, [1, 2]).sigmoid()   // → [0.5, 0.880797077978]
 */
export function logistic(options: LogisticOptions): Model<Dense> {
  return affine(options, {
    name: "Logistic regression",
    formula: ["z = X w + b", String.raw`p = \sigma(z)`],
    source:
      "Cox (1958), The Regression Analysis of Binary Sequences. doi:10.1111/j.2517-6161.1958.tb00292.x",
  });
}
