import { oneOf } from "../options.ts";
import { type AdamState, adamSettings, adamStart } from "./adam.ts";
import { defineOptimizer, type LearningRate, type Optimizer, zeros } from "./Optimizer.ts";

export interface AmsgradOptions {
  /** α. Default 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁. Default 0.9. */
  readonly beta1?: number;
  /** β₂. Default 0.999. */
  readonly beta2?: number;
  /** ε. Default 1e-8, Keras 1e-7. */
  readonly epsilon?: number;
  /**
   * Of what the greatest is kept: `"torch"` and `"keras"` of v, corrected afterwards (Keras adds ε
   * before the correction); `"optax"` of the corrected v; `"paper"` corrects nothing.
   * Default `"torch"`.
   */
  readonly variant?: "torch" | "keras" | "optax" | "paper";
}

export interface AmsgradState extends AdamState {
  /** The greatest v of each coordinate so far. */
  readonly greatest: readonly number[];
}

/**
 * AMSGrad: Adam divided by the greatest root mean square so far instead of the present one.
 * Its rates never grow again, which repairs an example where Adam walks to the worst point.
 *
 * @throws RangeError when a rate is out of range; the message names it
 *
 * @example
 * amsgrad({ learningRate: 0.1 }).step([1e6, -1], amsgrad().start(2)).move   // → [-0.1, 0.099999999]
 */
export function amsgrad(options: AmsgradOptions = {}): Optimizer<AmsgradState> {
  const { variant = "torch", ...rest } = options;
  oneOf("variant", variant, Object.keys(rules));
  const settings = {
    ...adamSettings({ ...rest, variant: variant === "keras" ? "keras" : "torch" }),
    variant,
  };
  const { beta1, beta2, epsilon } = settings;
  return defineOptimizer({
    name: "AMSGrad",
    settings,
    options,
    rule: [
      String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
      String.raw`v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2`,
      ...rules[variant],
    ],
    source: "Reddi, Kale & Kumar (2018), On the Convergence of Adam and Beyond. arXiv:1904.09237",
    start: (length) => ({ ...adamStart(length), greatest: zeros(length) }),
    advance: ({ gradient, rate }, { t, m, v, greatest }, move) => {
      const meanScale = variant === "paper" ? 1 : 1 - beta1 ** (t + 1);
      const squareScale = variant === "paper" ? 1 : 1 - beta2 ** (t + 1);
      const [before, after] = variant === "optax" ? [squareScale, 1] : [1, squareScale];
      const rootScale = Math.sqrt(after);
      const shift = variant === "keras" ? epsilon : epsilon * rootScale;
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        greatest[i] = Math.max(greatest[i]!, v[i]! / before);
        const size = (Math.sqrt(greatest[i]!) + shift) / rootScale;
        move[i] = (-rate * m[i]!) / (meanScale * size);
      }
    },
  });
}

const hat = String.raw`\hat m = m / (1 - \beta_1^t)`;
const rules = {
  torch: [
    String.raw`u \leftarrow \max(u, v)`,
    hat,
    String.raw`\theta \leftarrow \theta - \alpha\, \hat m / (\sqrt{u / (1 - \beta_2^t)} + \varepsilon)`,
  ],
  keras: [
    String.raw`u \leftarrow \max(u, v)`,
    String.raw`\alpha_t = \alpha \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)`,
    String.raw`\theta \leftarrow \theta - \alpha_t\, m / (\sqrt{u} + \varepsilon)`,
  ],
  optax: [
    String.raw`u \leftarrow \max(u, v / (1 - \beta_2^t))`,
    hat,
    String.raw`\theta \leftarrow \theta - \alpha\, \hat m / (\sqrt{u} + \varepsilon)`,
  ],
  paper: [
    String.raw`u \leftarrow \max(u, v)`,
    String.raw`\theta \leftarrow \theta - \alpha\, m / (\sqrt{u} + \varepsilon)`,
  ],
} as const;
