import { knownOptions } from "../options.ts";
import { atLeast } from "./defineModel.ts";
import { type Dense, type InitOptions, initOptions } from "./dense.ts";
import { affine } from "./linear.ts";
import type { Model } from "./Model.ts";

export interface SoftmaxOptions extends InitOptions {
  /** How many features each sample has. */
  readonly inputs: number;
  /** How many classes there are, at least 2. */
  readonly classes: number;
}

/**
 * Softmax regression for several classes. It predicts one logit for each class, for
 * `sparseCategoricalCrossEntropy`; the probabilities are `logits.softmax()`. Adding the same number to
 * all logits of a row changes nothing, so one direction of the parameters is flat.
 *
 * @throws RangeError when inputs is not a whole number above 0, or classes not of at least 2
 *
 * @example
 * const model = models.softmax({ inputs: 2, classes: 3 });
 * model(model.start(), [[5, 7]]).softmax()   // → [[1 / 3, 1 / 3, 1 / 3]]
 */
export function softmax(options: SoftmaxOptions): Model<Dense> {
  knownOptions("Softmax regression", options, ["inputs", "classes", ...initOptions]);
  const { classes, ...others } = options;
  atLeast("classes", classes, 2);
  return affine(
    { ...others, outputs: classes },
    {
      name: "Softmax regression",
      formula: ["Z = X W + b", String.raw`q = \operatorname{softmax}(Z)`],
      source:
        "Bridle (1990), Probabilistic Interpretation of Feedforward Classification Network Outputs. doi:10.1007/978-3-642-76153-9_28",
    },
  );
}
