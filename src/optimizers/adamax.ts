import { oneOf, positive } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface AdamaxOptions {
  /** α. Default 0.002, as in the paper and PyTorch; Keras: 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁. Default 0.9. */
  readonly beta1?: number;
  /** β₂. Default 0.999. */
  readonly beta2?: number;
  /** ε. Default 1e-8; Keras: 1e-7. */
  readonly epsilon?: number;
  /** Where ε stands: `"torch"` (also Optax) beside |g| in the maximum; `"keras"` (also TensorFlow.js) in the division. Default `"torch"`. */
  readonly variant?: "torch" | "keras";
}

export interface AdamaxState extends OptimizerState {
  /** Running mean of the gradient. */
  readonly m: readonly number[];
  /** The greatest recent |g|, fading. */
  readonly u: readonly number[];
}

/**
 * AdaMax: Adam with the greatest recent slope in place of the root mean square.
 * No step is longer than α/(1−β₁ᵗ), so one enormous gradient cannot throw the point away.
 *
 * @throws RangeError when a rate is out of range; the message names it
 *
 * @example
 * adamax({ learningRate: 0.1 }).step([1], { t: 0, m: [0], u: [2] }).move   // → [-0.0500500500501]
 */
export function adamax(options: AdamaxOptions = {}): Optimizer<AdamaxState> {
  const { learningRate = 2e-3, beta1 = 0.9, beta2 = 0.999, variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(rules));
  const { epsilon = variant === "torch" ? 1e-8 : 1e-7 } = options;
  decayRate("beta1", beta1);
  decayRate("beta2", beta2);
  positive("epsilon", epsilon);
  const [inMaximum, inDivision] = variant === "torch" ? [epsilon, 0] : [0, epsilon];
  return defineOptimizer({
    name: "AdaMax",
    settings: { learningRate, beta1, beta2, epsilon, variant },
    options,
    rule: rules[variant],
    source: "Kingma & Ba (2015), Adam: A Method for Stochastic Optimization. arXiv:1412.6980",
    start: (length) => ({ t: 0, m: zeros(length), u: zeros(length) }),
    advance: ({ gradient, rate }, { t, m, u }, move) => {
      const stride = -rate / (1 - beta1 ** (t + 1));
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        u[i] = Math.max(beta2 * u[i]!, Math.abs(g) + inMaximum);
        move[i] = (stride * m[i]!) / (u[i]! + inDivision);
      }
    },
  });
}

const rules = {
  torch: [
    String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
    String.raw`u \leftarrow \max(\beta_2 u, |g| + \varepsilon)`,
    String.raw`\theta \leftarrow \theta - \alpha\, m / ((1 - \beta_1^t)\, u)`,
  ],
  keras: [
    String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
    String.raw`u \leftarrow \max(\beta_2 u, |g|)`,
    String.raw`\theta \leftarrow \theta - \alpha\, m / ((1 - \beta_1^t)(u + \varepsilon))`,
  ],
} as const;
