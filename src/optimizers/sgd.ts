import { notNegative } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface SgdOptions {
  /** α. Default 0.001, as in PyTorch. */
  readonly learningRate?: LearningRate;
  /** β, how much of the velocity is kept. Default 0. */
  readonly momentum?: number;
  /** How much of each new gradient is left out of the velocity; without momentum there is none. Default 0. */
  readonly dampening?: number;
  /** λ: adds λθ to the gradient, the slope of an L2 penalty. Default 0. */
  readonly weightDecay?: number;
  /** Steps along g + βv instead of v. Default false. */
  readonly nesterov?: boolean;
}

export interface SgdState extends OptimizerState {
  readonly velocity: readonly number[];
}

/**
 * SGD as `torch.optim.SGD` has it: one rule with four switches.
 * The first gradient enters the velocity whole, whatever the dampening. For one idea at a time see
 * `gradientDescent`, `heavyBall`, `averagedMomentum` and `nesterov`.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * sgd({ learningRate: 0.1, momentum: 0.9 }).step([1], { t: 3, velocity: [2] }).move   // → [-0.28]
 */
export function sgd(options: SgdOptions = {}): Optimizer<SgdState> {
  const { learningRate = 0.001, momentum = 0, dampening = 0 } = options;
  const { weightDecay = 0, nesterov = false } = options;
  decayRate("momentum", momentum);
  if (!(dampening >= 0 && dampening <= 1))
    throw new RangeError(
      `dampening must be a share from 0 to 1, but it is ${dampening}.\nHint: 1 - momentum makes the velocity a mean of gradients.`,
    );
  notNegative("weightDecay", weightDecay);
  if (nesterov && (momentum === 0 || dampening !== 0))
    throw new RangeError(
      `nesterov needs momentum above 0 and dampening 0, but they are ${momentum} and ${dampening}.\nHint: sgd({ momentum: 0.9, nesterov: true }).`,
    );
  return defineOptimizer({
    name: "SGD",
    settings: { learningRate, momentum, dampening, weightDecay, nesterov },
    options,
    rule: [
      String.raw`g \leftarrow g + \lambda\, \theta`,
      momentum === 0
        ? String.raw`v \leftarrow g`
        : String.raw`v \leftarrow \beta\, v + (1 - d)\, g`,
      nesterov
        ? String.raw`\theta \leftarrow \theta - \alpha\, (g + \beta\, v)`
        : String.raw`\theta \leftarrow \theta - \alpha\, v`,
    ],
    source:
      "Robbins & Monro (1951), A Stochastic Approximation Method. doi:10.1214/aoms/1177729586",
    start: (length) => ({ t: 0, velocity: zeros(length) }),
    seesParameters: weightDecay > 0,
    advance: ({ gradient, rate, parameters }, { t, velocity }, move) => {
      const share = t === 0 || momentum === 0 ? 1 : 1 - dampening;
      for (let i = 0; i < move.length; i++) {
        const g = weightDecay > 0 ? gradient[i]! + weightDecay * parameters[i]! : gradient[i]!;
        const v = momentum * velocity[i]! + share * g;
        velocity[i] = v;
        move[i] = -rate * (nesterov ? g + momentum * v : v);
      }
    },
  });
}
