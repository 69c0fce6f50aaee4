import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface AveragedMomentumOptions {
  /** α. Default 0.01. */
  readonly learningRate?: LearningRate;
  /** β, how much of the old mean is kept. Default 0.9. */
  readonly beta?: number;
  /** Divides the mean by 1 − βᵗ, since it began at zero. Default false, as in most texts. */
  readonly correctBias?: boolean;
}

export interface AveragedMomentumState extends OptimizerState {
  /** Running mean of the gradient. */
  readonly mean: readonly number[];
}

/**
 * Averaged momentum: step along a running mean of the gradients.
 * It is the heavy ball with α(1−β) for α: a learning rate that suits one is ten times off for the
 * other at β = 0.9.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * averagedMomentum({ learningRate: 0.1 }).step([1], { t: 3, mean: [2] }).move   // → [-0.19]
 */
export function averagedMomentum(
  options: AveragedMomentumOptions = {},
): Optimizer<AveragedMomentumState> {
  const { learningRate = 0.01, beta = 0.9, correctBias = false } = options;
  decayRate("beta", beta);
  return defineOptimizer({
    name: "Averaged momentum",
    settings: { learningRate, beta, correctBias },
    options,
    rule: [
      String.raw`v \leftarrow \beta\, v + (1 - \beta)\, g`,
      correctBias
        ? String.raw`\theta \leftarrow \theta - \alpha\, v / (1 - \beta^t)`
        : String.raw`\theta \leftarrow \theta - \alpha\, v`,
    ],
    source: "Kingma & Ba (2015), Adam: A Method for Stochastic Optimization. arXiv:1412.6980",
    start: (length) => ({ t: 0, mean: zeros(length) }),
    advance: ({ gradient, rate }, { t, mean }, move) => {
      const stride = correctBias ? -rate / (1 - beta ** (t + 1)) : -rate;
      for (let i = 0; i < move.length; i++) {
        mean[i] = beta * mean[i]! + (1 - beta) * gradient[i]!;
        move[i] = stride * mean[i]!;
      }
    },
  });
}
