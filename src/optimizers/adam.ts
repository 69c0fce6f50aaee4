import { notNegative, oneOf } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  type Rewritable,
  zeros,
} from "./Optimizer.ts";

export interface AdamOptions {
  /** α, the length of a typical step. Default 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁, how much of the old gradient mean is kept. Default 0.9. */
  readonly beta1?: number;
  /** β₂, the same for the squared gradient. Default 0.999. */
  readonly beta2?: number;
  /** ε, keeps the division safe where gradients vanish. Default that of the variant. */
  readonly epsilon?: number;
  /**
   * Whose Adam. `"torch"` (also Algorithm 1 of the paper, Optax; ε = 1e-8) and `"tensorflow.js"`
   * (ε = 1e-7): ε added to the corrected root. `"keras"` (ε = 1e-7): added before the correction,
   * so that it counts for more in early steps (the paper's ε̂). `"text"`: means not corrected, as
   * in texts that leave the hats out; early steps are up to 6.6 times too long.
   * Default `"torch"`.
   */
  readonly variant?: AdamVariant;
}

export type AdamVariant = "torch" | "tensorflow.js" | "keras" | "text";

export interface AdamState extends OptimizerState {
  /** Running mean of the gradient. */
  readonly m: readonly number[];
  /** Running mean of the squared gradient. */
  readonly v: readonly number[];
}

/**
 * Adam: steps of about `learningRate` in every coordinate, whatever the gradient's scale there.
 * Both means start at zero and are corrected for it, so that already the first step has full length.
 * (It does not adjust the learning rate, as is often said: α is constant, the gradient is rescaled.)
 *
 * @throws RangeError when a rate is out of range; the message names it
 *
 * @example
 * adam({ learningRate: 0.1 }).step([1e6, -1], adam().start(2)).move   // → [-0.1, 0.099999999]
 */
export function adam(options: AdamOptions = {}): Optimizer<AdamState> {
  const settings = adamSettings(options);
  return defineOptimizer({
    name: "Adam",
    settings,
    options,
    rule: [
      ...adamRule(settings.variant).means,
      String.raw`\theta \leftarrow \theta - ${adamRule(settings.variant).move}`,
    ],
    source: "Kingma & Ba (2015), Adam: A Method for Stochastic Optimization. arXiv:1412.6980",
    start: adamStart,
    advance: adamMove(settings),
  });
}

/** The options completed by their defaults and checked. */
export function adamSettings(options: AdamOptions): Required<AdamOptions> {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(epsilons));
  const { epsilon = epsilons[variant] } = options;
  decayRate("beta1", beta1);
  decayRate("beta2", beta2);
  notNegative("epsilon", epsilon);
  return { learningRate, beta1, beta2, epsilon, variant };
}

const epsilons = { torch: 1e-8, "tensorflow.js": 1e-7, keras: 1e-7, text: 1e-8 } as const;

export const adamStart = (length: number): AdamState => ({
  t: 0,
  m: zeros(length),
  v: zeros(length),
});

/** Adam's move, which AdamW shares. */
export function adamMove({ beta1, beta2, epsilon, variant }: Required<AdamOptions>) {
  return (
    { gradient, rate }: { readonly gradient: Float64Array; readonly rate: number },
    { t, m, v }: Rewritable<AdamState>,
    move: Float64Array,
  ): void => {
    const corrected = variant !== "text";
    const meanScale = corrected ? 1 - beta1 ** (t + 1) : 1;
    const rootScale = corrected ? Math.sqrt(1 - beta2 ** (t + 1)) : 1;
    // √(v/c) + ε = (√v + ε·√c)/√c: one division serves both places of ε.
    const shift = variant === "keras" ? epsilon : epsilon * rootScale;
    const stride = (-rate * rootScale) / meanScale;
    for (let i = 0; i < move.length; i++) {
      const g = gradient[i]!;
      const mean = beta1 * m[i]! + (1 - beta1) * g;
      const square = beta2 * v[i]! + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      move[i] = (stride * mean) / (Math.sqrt(square) + shift);
    }
  };
}

/** The lines for the means, and what is subtracted from the parameters. */
export function adamRule(variant: AdamVariant): { means: string[]; move: string } {
  const means = [
    String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
    String.raw`v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2`,
  ];
  const hats = [String.raw`\hat m = m / (1 - \beta_1^t)`, String.raw`\hat v = v / (1 - \beta_2^t)`];
  if (variant === "text") return { means, move: String.raw`\alpha\, m / (\sqrt{v} + \varepsilon)` };
  if (variant === "keras")
    return {
      means: [...means, String.raw`\alpha_t = \alpha \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)`],
      move: String.raw`\alpha_t\, m / (\sqrt{v} + \varepsilon)`,
    };
  return {
    means: [...means, ...hats],
    move: String.raw`\alpha\, \hat m / (\sqrt{\hat v} + \varepsilon)`,
  };
}
