import { notNegative, oneOf } from "../options.ts";

import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface AdagradOptions {
  /** α. Default 0.01. */
  readonly learningRate?: LearningRate;
  /**
   * Where ε stands and what G begins with: `"torch"` (also the paper) √G + ε from 0, `"text"` √(G+ε)
   * from 0, `"keras"` (also Optax, TensorFlow.js) √(G+ε) from 0.1. Default `"torch"`.
   */
  readonly variant?: "torch" | "text" | "keras";
  /** ε. Default that of the variant: 1e-10, text 1e-8, Keras 1e-7. */
  readonly epsilon?: number;
  /** What G begins with. Default that of the variant. */
  readonly initialAccumulator?: number;
}

export interface AdagradState extends OptimizerState {
  /** G, the sum of squared gradients so far. */
  readonly squares: readonly number[];
}

/**
 * AdaGrad: every coordinate has its own rate, smaller the more gradient it has seen.
 * Rare features keep long steps; but G only grows, so all steps shrink for ever.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * adagrad({ learningRate: 0.1 }).step([4], { t: 3, squares: [9] }).move   // → [-0.0799999999984]
 */
export function adagrad(options: AdagradOptions = {}): Optimizer<AdagradState> {
  const { learningRate = 0.01, variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(variants));
  const { inside, ...usual } = variants[variant];
  const { epsilon = usual.epsilon, initialAccumulator = usual.initialAccumulator } = options;
  notNegative("epsilon", epsilon);
  notNegative("initialAccumulator", initialAccumulator);
  return defineOptimizer({
    name: "AdaGrad",
    settings: { learningRate, variant, epsilon, initialAccumulator },
    options,
    rule: [
      String.raw`G \leftarrow G + g^2`,
      inside
        ? String.raw`\theta \leftarrow \theta - \alpha\, g / \sqrt{G + \varepsilon}`
        : String.raw`\theta \leftarrow \theta - \alpha\, g / (\sqrt{G} + \varepsilon)`,
    ],
    source:
      "Duchi, Hazan & Singer (2011), Adaptive Subgradient Methods for Online Learning and Stochastic Optimization. JMLR 12",
    start: (length) => ({ t: 0, squares: zeros(length).fill(initialAccumulator) }),
    advance: ({ gradient, rate }, { squares }, move) => {
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        const total = squares[i]! + g * g;
        squares[i] = total;
        move[i] =
          g === 0
            ? 0
            : (-rate * g) / (inside ? Math.sqrt(total + epsilon) : Math.sqrt(total) + epsilon);
      }
    },
  });
}

const variants = {
  torch: { inside: false, epsilon: 1e-10, initialAccumulator: 0 },
  text: { inside: true, epsilon: 1e-8, initialAccumulator: 0 },
  keras: { inside: true, epsilon: 1e-7, initialAccumulator: 0.1 },
} as const;
