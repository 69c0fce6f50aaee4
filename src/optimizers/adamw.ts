import { notNegative } from "../options.ts";
import {
  type AdamOptions,
  type AdamState,
  adamMove,
  adamRule,
  adamSettings,
  adamStart,
} from "./adam.ts";

import { defineOptimizer, type Optimizer } from "./Optimizer.ts";

export interface AdamwOptions extends AdamOptions {
  /** λ, the share αλ of each parameter that a step takes away. Default 0.01, as in PyTorch; Keras: 0.004, Optax: 1e-4. */
  readonly weightDecay?: number;
}

/**
 * AdamW: Adam, and beside it every parameter shrinks by the factor 1 − αλ.
 * An L2 penalty inside Adam's gradient is divided by √v, so that parameters with noisy gradients
 * shrink less; here all shrink alike. Its step must see the parameters.
 *
 * @throws RangeError when a rate is out of range; the message names it
 * @throws TypeError when `step` is not given the parameters
 *
 * @example
 * adamw({ learningRate: 0.1, weightDecay: 0.5 }).step([0], adamw().start(1), [2]).move   // → [-0.1]
 */
export function adamw(options: AdamwOptions = {}): Optimizer<AdamState> {
  const { weightDecay = 0.01 } = options;
  const settings = adamSettings(options);
  notNegative("weightDecay", weightDecay);
  const { means, move: subtracted } = adamRule(settings.variant);
  const adamStep = adamMove(settings);
  return defineOptimizer({
    name: "AdamW",
    settings: { ...settings, weightDecay },
    options,
    rule: [
      ...means,
      String.raw`\theta \leftarrow \theta - ${subtracted} - \alpha \lambda\, \theta`,
    ],
    source: "Loshchilov & Hutter (2019), Decoupled Weight Decay Regularization. arXiv:1711.05101",
    start: adamStart,
    seesParameters: true,
    advance: (now, state, move) => {
      adamStep(now, state, move);
      for (let i = 0; i < move.length; i++)
        move[i] = move[i]! - now.rate * weightDecay * now.parameters[i]!;
    },
  });
}
