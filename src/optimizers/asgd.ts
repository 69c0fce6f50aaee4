import { notNegative } from "../options.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface AsgdOptions {
  /** α, the rate of the first step. Default 0.01. */
  readonly learningRate?: LearningRate;
  /** λ, the share ηλ of each parameter that a step takes away; it also sets how fast η falls. Default 1e-4. */
  readonly decay?: number;
  /** p, how fast η falls in the end: as 1/t to this power. Default 0.75. */
  readonly power?: number;
  /** t₀, how many steps the mean waits; until then it is where the last step led. Default 1e6. */
  readonly averageFrom?: number;
  /** Adds this share of each parameter to its gradient. Default 0. */
  readonly weightDecay?: number;
}

export interface AsgdState extends OptimizerState {
  /** The mean of the places since step t₀: what the run is after. */
  readonly average: readonly number[];
}

/**
 * Averaged SGD: steps as SGD with a rate that falls, and the mean of the places that it came to.
 * Single steps on noisy gradients wander about the minimum, and their mean lies much nearer to it; but the model
 * moves along the steps, and who wants the mean takes it from the state. `train` with `average` gives such a
 * mean for any optimizer.
 *
 * @throws RangeError when a setting is out of range; the message names it
 * @throws TypeError when `step` is not given the parameters
 *
 * @example
 * const averaged = asgd({ learningRate: 0.1, decay: 0, averageFrom: 0 });
 * averaged.step([10], { t: 3, average: [2] }, [6]).state.average   // → [3]
 */
export function asgd(options: AsgdOptions = {}): Optimizer<AsgdState> {
  const { learningRate = 0.01, decay = 1e-4, power = 0.75 } = options;
  const { averageFrom = 1e6, weightDecay = 0 } = options;
  notNegative("decay", decay);
  notNegative("power", power);
  notNegative("averageFrom", averageFrom);
  notNegative("weightDecay", weightDecay);
  return defineOptimizer({
    name: "Averaged SGD",
    settings: { learningRate, decay, power, averageFrom, weightDecay },
    options,
    rule: [
      String.raw`\eta = \alpha / (1 + \lambda \alpha t)^p`,
      String.raw`\theta \leftarrow (1 - \eta \lambda)\, \theta - \eta\, ${weightDecay > 0 ? String.raw`(g + w\, \theta)` : "g"}`,
      String.raw`\bar\theta \leftarrow \bar\theta + (\theta - \bar\theta) / \max(1, t - t_0)`,
    ],
    source:
      "Polyak & Juditsky (1992), Acceleration of Stochastic Approximation by Averaging. doi:10.1137/0330046",
    start: (length) => ({ t: 0, average: zeros(length) }),
    seesParameters: true,
    advance: ({ gradient, rate, parameters }, { t, average }, move) => {
      const stride = rate / (1 + decay * rate * t) ** power;
      const share = 1 / Math.max(1, t - averageFrom);
      for (let i = 0; i < move.length; i++) {
        const at = parameters[i]!;
        // … − 0, so that a flat coordinate moves by 0 and not by −0.
        move[i] = -stride * (gradient[i]! + (decay + weightDecay) * at) - 0;
        const place = at + move[i]!;
        average[i] = share === 1 ? place : average[i]! + (place - average[i]!) * share;
      }
    },
  });
}
