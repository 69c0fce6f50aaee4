import { type AdamState, adamSettings, adamStart } from "./adam.ts";
import { defineOptimizer, type LearningRate, type Optimizer } from "./Optimizer.ts";

export interface AdabeliefOptions {
  /** α. Default 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁. Default 0.9. */
  readonly beta1?: number;
  /** β₂. Default 0.999. */
  readonly beta2?: number;
  /** ε, added to the running square in every step and to its root. Default 1e-16, as in Optax. */
  readonly epsilon?: number;
}

/**
 * AdaBelief: Adam divided by how far gradients stray from their mean, not by how large they are.
 * Where the gradient keeps coming as expected, the steps grow long.
 *
 * @throws RangeError when a rate is out of range; the message names it
 *
 * @example
 * adabelief({ learningRate: 0.1 }).step([1], adabelief().start(1)).move   // → [-0.111111111111]
 */
export function adabelief(options: AdabeliefOptions = {}): Optimizer<AdamState> {
  const { learningRate, beta1, beta2, epsilon } = adamSettings({
    ...options,
    epsilon: options.epsilon ?? 1e-16,
  });
  return defineOptimizer({
    name: "AdaBelief",
    settings: { learningRate, beta1, beta2, epsilon },
    options,
    rule: [
      String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
      String.raw`s \leftarrow \beta_2 s + (1 - \beta_2)(g - m)^2 + \varepsilon`,
      String.raw`\hat m = m / (1 - \beta_1^t), \quad \hat s = s / (1 - \beta_2^t)`,
      String.raw`\theta \leftarrow \theta - \alpha\, \hat m / (\sqrt{\hat s} + \varepsilon)`,
    ],
    source:
      "Zhuang et al. (2020), AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients. arXiv:2010.07468",
    start: adamStart,
    advance: ({ gradient, rate }, { t, m, v }, move) => {
      const meanScale = 1 - beta1 ** (t + 1);
      const squareScale = 1 - beta2 ** (t + 1);
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * (g - m[i]!) ** 2 + epsilon;
        move[i] = (-rate * m[i]!) / (meanScale * (Math.sqrt(v[i]! / squareScale) + epsilon));
      }
    },
  });
}
