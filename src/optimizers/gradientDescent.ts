import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
} from "./Optimizer.ts";

export interface GradientDescentOptions {
  /** α, the length of a step per unit of slope. Default 0.01. */
  readonly learningRate?: LearningRate;
}

/**
 * Gradient descent: walk straight downhill, in proportion to the slope.
 * With a gradient of curvature up to λ it comes down only while α < 2/λ. It is called stochastic
 * (SGD) when the gradient is that of a sample; the rule is the same.
 *
 * @throws RangeError when learningRate is not positive
 *
 * @example
 * gradientDescent({ learningRate: 0.1 }).step([2, -4], gradientDescent().start(2)).move   // → [-0.2, 0.4]
 */
export function gradientDescent(options: GradientDescentOptions = {}): Optimizer<OptimizerState> {
  const { learningRate = 0.01 } = options;
  return defineOptimizer({
    name: "Gradient descent",
    settings: { learningRate },
    options,
    rule: [String.raw`\theta \leftarrow \theta - \alpha\, g`],
    source:
      "Cauchy (1847), Méthode générale pour la résolution des systèmes d'équations simultanées",
    start: () => ({ t: 0 }),
    advance: ({ gradient, rate }, _, move) => {
      for (let i = 0; i < move.length; i++) move[i] = -rate * gradient[i]!;
    },
  });
}
