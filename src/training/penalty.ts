import type { FlatPart } from "../engine/index.ts";
import { knownOptions, notNegative } from "../options.ts";

export interface PenaltyOptions {
  /** λ₁ of λ₁·Σ|θ|: pulls every parameter by the same force, and so keeps only those near 0 that are worth little. Default 0. */
  readonly l1?: number;
  /**
   * λ₂ of ½·λ₂·Σθ²: pulls in proportion. PyTorch's `weight_decay` is this λ₂; Keras leaves the ½ out,
   * so its `l2(λ)` pulls twice as hard. Default 0.
   */
  readonly l2?: number;
  /** Parts that are left alone, by the last word of their names. Default `["bias"]`: a shift is no excess. */
  readonly spare?: readonly string[];
}

/** Adds the slopes of a penalty to a gradient. */
export type Pull = (gradient: Float64Array, parameters: Float64Array) => void;

/** How a penalty on the parameters acts on their gradient; at 0 the l1 part pulls nowhere. */
export function pullOf(options: PenaltyOptions, parts: readonly FlatPart[]): Pull {
  const { l1 = 0, l2 = 0, spare = ["bias"] } = options;
  knownOptions("penalty", options, ["l1", "l2", "spare"]);
  notNegative("l1", l1);
  notNegative("l2", l2);
  const drawn = parts.filter(({ name }) => !spare.includes(name.split(".").at(-1)!));
  return (gradient, parameters) => {
    for (const { start, end } of drawn)
      for (let i = start; i < end; i++)
        gradient[i]! += l2 * parameters[i]! + l1 * Math.sign(parameters[i]!);
  };
}
