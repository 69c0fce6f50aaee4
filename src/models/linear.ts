import { random, type Tensor } from "../engine/index.ts";
import { knownOptions } from "../options.ts";
import { atLeast, defineModel } from "./defineModel.ts";
import { type Dense, dense, type InitOptions, initOf, initOptions } from "./dense.ts";
import type { Model } from "./Model.ts";

export interface LinearOptions extends InitOptions {
  /** How many features each sample has. */
  readonly inputs: number;
  /** Predicts so many numbers for each sample, [samples, outputs]. Default one, without an axis: [samples]. */
  readonly outputs?: number;
}

/**
 * Linear regression: ŷ = Xw + b. Begins at 0, where the text's listing begins.
 * With one output the prediction has the shape [samples] of the targets, not PyTorch's [samples, 1],
 * which would meet targets [samples] in every pair.
 *
 * @throws RangeError when inputs or outputs are not whole numbers above 0
 *
 * @example
 * const model = models.linear({ inputs: 2 });
 * model({ weight: tensor([1, 10]), bias: tensor(5) }, [[1, 2], [3, 4]])   // → [26, 48]
 * model.start().weight                                                   // → [0, 0]
 */
export function linear(options: LinearOptions): Model<Dense> {
  return affine(options, {
    name: "Linear regression",
    formula: [String.raw`\hat y = X w + b`],
    source:
      "Gauss (1809), Theoria motus corporum coelestium in sectionibus conicis solem ambientium",
  });
}

interface Words {
  readonly name: string;
  readonly formula: readonly string[];
  readonly source: string;
}

/** What linear, logistic and softmax regression share; they differ in how they are read and judged. */
export function affine(options: LinearOptions, words: Words): Model<Dense> {
  knownOptions(words.name, options, ["inputs", "outputs", ...initOptions]);
  const { inputs, outputs } = options;
  atLeast("inputs", inputs);
  if (outputs !== undefined) atLeast("outputs", outputs);
  const how = initOf(options, "zeros");
  const settings = { inputs, ...(outputs !== undefined && { outputs }), ...how };
  return defineModel<Dense>(
    {
      ...words,
      inputs,
      settings,
      start: (seed) => {
        const { weight, bias } = dense(random(seed), inputs, outputs ?? 1, how);
        if (outputs !== undefined) return { weight, bias };
        return { weight: weight.reshape([inputs]), bias: bias.reshape([]) };
      },
    },
    ({ weight, bias }: Dense, x: Tensor) => x.matmul(weight).add(bias),
  );
}
