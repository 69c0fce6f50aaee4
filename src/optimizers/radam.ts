import { oneOf } from "../options.ts";
import { type AdamState, adamSettings, adamStart } from "./adam.ts";
import { defineOptimizer, type LearningRate, type Optimizer } from "./Optimizer.ts";

export interface RadamOptions {
  /** α. Default 0.001. */
  readonly learningRate?: LearningRate;
  /** β₁. Default 0.9. */
  readonly beta1?: number;
  /** β₂. Default 0.999. */
  readonly beta2?: number;
  /** ε. Default 1e-8. */
  readonly epsilon?: number;
  /** Where ε stands: `"torch"` before v is corrected, `"optax"` after. Default `"torch"`. */
  readonly variant?: "torch" | "optax";
}

/**
 * RAdam: Adam that steps like plain momentum until its mean square rests on enough gradients.
 * It is a warm-up that needs no setting: the first five steps are not rescaled, then the rescaling
 * comes in by degrees. Both frameworks begin it at ρ > 5, the paper at ρ > 4.
 *
 * @throws RangeError when a rate is out of range; the message names it
 *
 * @example
 * radam({ learningRate: 0.1 }).step([7], radam().start(1)).move   // → [-0.7]
 */
export function radam(options: RadamOptions = {}): Optimizer<AdamState> {
  const { variant = "torch", ...rest } = options;
  oneOf("variant", variant, ["torch", "optax"]);
  const settings = { ...adamSettings(rest), variant };
  const { beta1, beta2, epsilon } = settings;
  return defineOptimizer({
    name: "RAdam",
    settings,
    options,
    rule: [
      String.raw`m \leftarrow \beta_1 m + (1 - \beta_1)\, g`,
      String.raw`v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2`,
      String.raw`\rho_\infty = 2 / (1 - \beta_2) - 1, \quad \rho_t = \rho_\infty - 2 t \beta_2^t / (1 - \beta_2^t)`,
      String.raw`r_t = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\, \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\, \rho_t}}`,
      String.raw`\theta \leftarrow \theta - \alpha\, \hat m\, r_t / (\sqrt{\hat v} + \varepsilon) \text{ if } \rho_t > 5, \text{ else } \theta - \alpha\, \hat m`,
    ],
    source:
      "Liu et al. (2020), On the Variance of the Adaptive Learning Rate and Beyond. arXiv:1908.03265",
    start: adamStart,
    advance: ({ gradient, rate }, { t, m, v }, move) => {
      const stride = -rate / (1 - beta1 ** (t + 1));
      const rootScale = Math.sqrt(1 - beta2 ** (t + 1));
      const shift = variant === "torch" ? epsilon : epsilon * rootScale;
      const trust = rectification(beta2, t + 1);
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        const rescaling = trust === 0 ? 1 : (trust * rootScale) / (Math.sqrt(v[i]!) + shift);
        move[i] = stride * m[i]! * rescaling;
      }
    },
  });
}

/** r of the paper: how far the mean square of t gradients can be trusted; 0 for not at all yet. */
function rectification(beta2: number, t: number): number {
  const limit = 2 / (1 - beta2) - 1;
  const rho = limit - (2 * t * beta2 ** t) / (1 - beta2 ** t);
  if (rho <= 5) return 0;
  return Math.sqrt(((rho - 4) * (rho - 2) * limit) / ((limit - 4) * (limit - 2) * rho));
}
