import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
} from "./Optimizer.ts";

export interface SignDescentOptions {
  /** α, the length of every step in every coordinate. Default 0.01. */
  readonly learningRate?: LearningRate;
}

/**
 * Sign descent: one fixed stride per coordinate, downhill; how steep it is does not matter.
 * Steepest descent when distance is measured by the greatest coordinate. With a constant α it never
 * settles but hops over the bottom.
 *
 * @throws RangeError when learningRate is not positive
 *
 * @example
 * signDescent({ learningRate: 0.1 }).step([1e6, -1e-6, 0], signDescent().start(3)).move   // → [-0.1, 0.1, 0]
 */
export function signDescent(options: SignDescentOptions = {}): Optimizer<OptimizerState> {
  const { learningRate = 0.01 } = options;
  return defineOptimizer({
    name: "Sign descent",
    settings: { learningRate },
    options,
    rule: [String.raw`\theta \leftarrow \theta - \alpha\, \operatorname{sign}(g)`],
    source:
      "Bernstein et al. (2018), signSGD: Compressed Optimisation for Non-Convex Problems. arXiv:1802.04434",
    start: () => ({ t: 0 }),
    advance: ({ gradient, rate }, _, move) => {
      // 0 − …, so that a flat coordinate moves by 0 and not by −0.
      for (let i = 0; i < move.length; i++) move[i] = 0 - rate * Math.sign(gradient[i]!);
    },
  });
}
