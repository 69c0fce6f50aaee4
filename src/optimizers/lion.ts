import { notNegative } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface LionOptions {
  /** α. Default 1e-4, a tenth of Adam's. */
  readonly learningRate?: LearningRate;
  /** β₁, the old mean's share in the direction. Default 0.9. */
  readonly beta1?: number;
  /** β₂, how much of the old mean is kept. Default 0.99. */
  readonly beta2?: number;
  /** λ, the share αλ of each parameter that a step takes away. Default 0; Optax: 1e-3. */
  readonly weightDecay?: number;
}

export interface LionState extends OptimizerState {
  /** Running mean of the gradient. */
  readonly m: readonly number[];
}

/**
 * Lion: the sign of a mean of gradients, so that each coordinate moves by exactly α or stays.
 * A program search found it; it keeps one array where Adam keeps two.
 *
 * @throws RangeError when a rate is out of range; the message names it
 * @throws TypeError when weightDecay is set and `step` is not given the parameters
 *
 * @example
 * lion({ learningRate: 0.1 }).step([1e6, -1, 0], lion().start(3)).move   // → [-0.1, 0.1, 0]
 */
export function lion(options: LionOptions = {}): Optimizer<LionState> {
  const { learningRate = 1e-4, beta1 = 0.9, beta2 = 0.99, weightDecay = 0 } = options;
  decayRate("beta1", beta1);
  decayRate("beta2", beta2);
  notNegative("weightDecay", weightDecay);
  return defineOptimizer({
    name: "Lion",
    settings: { learningRate, beta1, beta2, weightDecay },
    options,
    rule: [
      String.raw`c = \beta_1 m + (1 - \beta_1)\, g`,
      String.raw`\theta \leftarrow \theta - \alpha\, (\operatorname{sign}(c) + \lambda\, \theta)`,
      String.raw`m \leftarrow \beta_2 m + (1 - \beta_2)\, g`,
    ],
    source: "Chen et al. (2023), Symbolic Discovery of Optimization Algorithms. arXiv:2302.06675",
    start: (length) => ({ t: 0, m: zeros(length) }),
    seesParameters: weightDecay > 0,
    advance: ({ gradient, rate, parameters }, { m }, move) => {
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        const direction = Math.sign(beta1 * m[i]! + (1 - beta1) * g);
        const decay = weightDecay > 0 ? weightDecay * parameters[i]! : 0;
        move[i] = rate * (-direction - decay);
        m[i] = beta2 * m[i]! + (1 - beta2) * g;
      }
    },
  });
}
