import { oneOf } from "../options.ts";
import { type AdamState, adamSettings, adamStart } from "./adam.ts";
import { defineOptimizer, type LearningRate, type Optimizer } from "./Optimizer.ts";

export interface NadamOptions {
  /** α. Default 0.002, as in the paper and PyTorch; Keras, Optax: 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁. Default 0.9. */
  readonly beta1?: number;
  /** β₂. Default 0.999. */
  readonly beta2?: number;
  /** ε. Default 1e-8; Keras: 1e-7. */
  readonly epsilon?: number;
  /**
   * How fast the momentum warms up: `"torch"` μ = β₁(1 − ½·0.96^{0.004 t}), as in the paper;
   * `"keras"` μ = β₁(1 − ½·0.96^t); `"optax"` μ = β₁ from the start. PyTorch keeps the product of all μ in
   * its default precision: where that is float32, 7 digits of it, and so of its first steps. Default `"torch"`.
   */
  readonly variant?: "torch" | "keras" | "optax";
}

export interface NadamState extends AdamState {
  /** Product of all μ so far. */
  readonly muProduct: number;
}

/**
 * NAdam: Adam whose momentum looks one step ahead, as Nesterov's does.
 * It trusts the present gradient a little more than Adam and turns sooner.
 *
 * @throws RangeError when a rate is out of range; the message names it
 *
 * @example
 * nadam({ learningRate: 0.1, variant: "optax" }).step([1], nadam().start(1)).move   // → [-0.147368419579]
 */
export function nadam(options: NadamOptions = {}): Optimizer<NadamState> {
  const { learningRate = 2e-3, variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(warmUps));
  const { beta1, beta2, epsilon } = adamSettings({
    ...options,
    variant: variant === "keras" ? "keras" : "torch",
  });
  const muAt = (t: number) => beta1 * (1 - 0.5 * 0.96 ** (t * warmUps[variant]));
  return defineOptimizer({
    name: "NAdam",
    settings: { learningRate, beta1, beta2, epsilon, variant },
    options,
    rule: [
      ...(variant === "optax"
        ? [String.raw`\mu_t = \beta_1`]
        : [
            String.raw`\mu_t = \beta_1 (1 - \tfrac12\, 0.96^{${warmUps[variant] === 1 ? "" : `${warmUps[variant]}\\,`} t})`,
          ]),
      String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
      String.raw`v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2`,
      String.raw`\hat m = \mu_{t+1} m / (1 - \textstyle\prod_{i=1}^{t+1} \mu_i) + (1 - \mu_t)\, g / (1 - \textstyle\prod_{i=1}^{t} \mu_i)`,
      String.raw`\theta \leftarrow \theta - \alpha\, \hat m / (\sqrt{v / (1 - \beta_2^t)} + \varepsilon)`,
    ],
    source: "Dozat (2016), Incorporating Nesterov Momentum into Adam. ICLR workshop",
    start: (length) => ({ ...adamStart(length), muProduct: 1 }),
    advance: ({ gradient, rate }, state, move) => {
      const { t, m, v } = state;
      const [mu, next] = [muAt(t + 1), muAt(t + 2)];
      state.muProduct *= mu;
      const ofMean = next / (1 - state.muProduct * next);
      const ofGradient = (1 - mu) / (1 - state.muProduct);
      const squareScale = 1 - beta2 ** (t + 1);
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        const size = Math.sqrt(v[i]! / squareScale) + epsilon;
        move[i] = (-rate * (ofMean * m[i]! + ofGradient * g)) / size;
      }
    },
  });
}

/** The exponent of 0.96 grows by this in each step; endless growth leaves β₁ alone. */
const warmUps = { torch: 0.004, keras: 1, optax: Infinity } as const;
