import { positive } from "../options.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface RpropOptions {
  /** α, the length of the first step in every coordinate; each then makes a factor of its own. Default 0.01. */
  readonly learningRate?: LearningRate;
  /** η⁺, what a step grows by while the slope keeps its sign, above 1. Default 1.2. */
  readonly grow?: number;
  /** η⁻, what it shrinks by when the sign turns, between 0 and 1. Default 0.5. */
  readonly shrink?: number;
  /** No step is shorter. Default 1e-6. */
  readonly shortest?: number;
  /** No step is longer. Default 50. */
  readonly longest?: number;
}

export interface RpropState extends OptimizerState {
  /** How many times the learning rate the next step in each coordinate is. */
  readonly factors: readonly number[];
  /** The slope before; 0 after it has turned, so that one step is waited for. */
  readonly before: readonly number[];
}

/**
 * Rprop: every coordinate has its own stride, which grows while the slope keeps its sign and is halved when
 * it turns. How steep it is does not matter. A schedule shortens all strides alike.
 * It needs the slopes of all samples: the signs of batches turn by chance, and all strides die away. Where a
 * slope turns, no step is made (iRprop⁻), as in PyTorch.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * rprop().step([3, -4], { t: 5, factors: [10, 10], before: [1, 1] }).move   // → [-0.12, 0]
 */
export function rprop(options: RpropOptions = {}): Optimizer<RpropState> {
  const { learningRate = 0.01, grow = 1.2, shrink = 0.5 } = options;
  const { shortest = 1e-6, longest = 50 } = options;
  positive("shortest", shortest);
  if (!(grow > 1 && shrink > 0 && shrink < 1))
    throw new RangeError(
      `grow must be above 1 and shrink between 0 and 1, but they are ${grow} and ${shrink}.\nHint: 1.2 and 0.5 are usual.`,
    );
  if (!(longest >= shortest && longest < Infinity))
    throw new RangeError(
      `longest must be at least shortest (${shortest}), but it is ${longest}.\nHint: 50 is usual.`,
    );
  return defineOptimizer({
    name: "Rprop",
    settings: { learningRate, grow, shrink, shortest, longest },
    options,
    rule: [
      String.raw`\Delta \leftarrow \begin{cases} \min(\eta^+ \Delta, \Delta_{\max} / \alpha) & g\, g_{\text{old}} > 0 \\ \max(\eta^- \Delta, \Delta_{\min} / \alpha),\; g \leftarrow 0 & g\, g_{\text{old}} < 0 \end{cases}`,
      String.raw`\theta \leftarrow \theta - \alpha\, \Delta \operatorname{sign}(g)`,
    ],
    source:
      "Riedmiller & Braun (1993), A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP Algorithm. doi:10.1109/ICNN.1993.298623",
    start: (length) => ({ t: 0, factors: zeros(length).fill(1), before: zeros(length) }),
    advance: ({ gradient, rate }, { factors, before }, move) => {
      // A schedule may come down to 0, where no factor makes a step too long or too short.
      const [least, most] = rate > 0 ? [shortest / rate, longest / rate] : [0, Infinity];
      for (let i = 0; i < move.length; i++) {
        const agreement = gradient[i]! * before[i]!;
        const factor = agreement > 0 ? grow : shrink;
        if (agreement !== 0) factors[i] = Math.min(most, Math.max(least, factors[i]! * factor));
        before[i] = agreement < 0 ? 0 : gradient[i]!;
        // 0 − …, so that a flat coordinate moves by 0 and not by −0.
        move[i] = 0 - rate * factors[i]! * Math.sign(before[i]!);
      }
    },
  });
}
