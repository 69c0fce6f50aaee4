import { notNegative, oneOf } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  type Part,
  zeros,
} from "./Optimizer.ts";
import { lengthOf, type Places, placesOf } from "./places.ts";

export interface LambOptions {
  /** α, the length of a step as a share of the length of what it moves. Default 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁, how much of the gradient mean is kept. Default 0.9. */
  readonly beta1?: number;
  /** β₂, how much of the mean of squares is kept. Default 0.999. */
  readonly beta2?: number;
  /** ε, beside √v̂. Default 1e-6, as in the paper and Optax; Keras: 1e-7. */
  readonly epsilon?: number;
  /** λ, how strongly parameters are drawn to 0. Default 0. */
  readonly weightDecay?: number;
  /**
   * Where the decay stands: `"paper"` (also Optax) in the step whose length is then set, `"keras"` apart
   * from it, as in AdamW. Without decay both are the same. Default `"paper"`.
   */
  readonly variant?: "paper" | "keras";
}

export interface LambState extends OptimizerState {
  /** Running mean of the gradient. */
  readonly m: readonly number[];
  /** Running mean of its square. */
  readonly v: readonly number[];
  /** Where each parameter begins, and how many numbers it has. */
  readonly parts: { readonly places: Places };
}

/**
 * LAMB: Adam's step, made as long as a share α of the parameter that it moves.
 * No layer moves far beside its own size, which lets large batches take large rates. `train` tells it which
 * numbers are one parameter (a weight matrix, its biases); a plain list counts as one. What is all 0 moves as
 * Adam does.
 *
 * @throws RangeError when a setting is out of range; the message names it
 * @throws TypeError when `step` is not given the parameters
 *
 * @example
 * lamb({ learningRate: 0.1, epsilon: 0 }).step([1, 1], lamb().start(2), [3, 4]).move   // → [-0.353553390593, -0.353553390593]
 */
export function lamb(options: LambOptions = {}): Optimizer<LambState> {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-6 } = options;
  const { weightDecay = 0, variant = "paper" } = options;
  decayRate("beta1", beta1);
  decayRate("beta2", beta2);
  notNegative("epsilon", epsilon);
  notNegative("weightDecay", weightDecay);
  oneOf("variant", variant, ["paper", "keras"]);
  const inside = variant === "paper" ? weightDecay : 0;
  const apart = weightDecay - inside;
  return defineOptimizer({
    name: "LAMB",
    settings: { learningRate, beta1, beta2, epsilon, weightDecay, variant },
    options,
    rule: ruleOf(inside > 0, apart > 0),
    source:
      "You et al. (2020), Large Batch Optimization for Deep Learning: Training BERT in 76 Minutes. arXiv:1904.00962",
    start: (length, parts: readonly Part[] = [{ start: 0, shape: [length] }]) => ({
      t: 0,
      m: zeros(length),
      v: zeros(length),
      parts: { places: placesOf(parts) },
    }),
    seesParameters: true,
    advance: ({ gradient, rate, parameters }, { t, m, v, parts }, move) => {
      const [first, second] = [1 - beta1 ** (t + 1), 1 - beta2 ** (t + 1)];
      const kept = 1 - rate * apart;
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        // Where no gradient ever came 0/0 would be, without ε.
        const step = m[i] === 0 ? 0 : m[i]! / first / (Math.sqrt(v[i]! / second) + epsilon);
        move[i] = step + inside * parameters[i]!;
      }
      for (const [start, length] of parts.places) {
        const factor = rate * trust(kept, parameters, move, start, length);
        for (let i = start; i < start + length; i++)
          // 0 − …, so that a flat coordinate moves by 0 and not by −0.
          move[i] = 0 - factor * move[i]! - rate * apart * parameters[i]!;
      }
    },
  });
}

const ruleOf = (inside: boolean, apart: boolean): readonly string[] => [
  String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
  String.raw`v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2`,
  ...(apart ? [String.raw`\theta \leftarrow (1 - \alpha \lambda)\, \theta`] : []),
  String.raw`u = \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}${inside ? String.raw` + \lambda\, \theta` : ""}`,
  String.raw`\theta \leftarrow \theta - \alpha\, \frac{\lVert \theta \rVert}{\lVert u \rVert}\, u`,
];

/** How many times as long as its step a parameter is; 1 where either is 0. */
function trust(
  kept: number,
  parameters: ArrayLike<number>,
  steps: Float64Array,
  start: number,
  length: number,
): number {
  const size = kept * lengthOf(parameters, start, length);
  const stride = lengthOf(steps, start, length);
  return size > 0 && stride > 0 ? size / stride : 1;
}
