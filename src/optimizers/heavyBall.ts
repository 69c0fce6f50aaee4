import { oneOf } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface HeavyBallOptions {
  /** α. Default 0.01. */
  readonly learningRate?: LearningRate;
  /** β, how much of the velocity is kept. Default 0.9. */
  readonly beta?: number;
  /**
   * `"torch"` (also TensorFlow.js, Optax): the velocity sums gradients, and α turns it into a move.
   * `"keras"` (also Polyak): the velocity is itself the last move. They differ only while α changes.
   * Default `"torch"`.
   */
  readonly variant?: "torch" | "keras";
}

export interface HeavyBallState extends OptimizerState {
  readonly velocity: readonly number[];
}

/**
 * Heavy ball: the gradient pushes a velocity, and the velocity moves the point.
 * Along a steady slope the steps grow to 1/(1−β) times those of gradient descent, ten times at
 * β = 0.9; it stays stable while α < 2(1+β)/λ.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * heavyBall({ learningRate: 0.1 }).step([1], { t: 3, velocity: [2] }).move   // → [-0.28]
 */
export function heavyBall(options: HeavyBallOptions = {}): Optimizer<HeavyBallState> {
  const { learningRate = 0.01, beta = 0.9, variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(rules));
  decayRate("beta", beta);
  return defineOptimizer({
    name: "Heavy ball",
    settings: { learningRate, beta, variant },
    options,
    rule: rules[variant],
    source:
      "Polyak (1964), Some methods of speeding up the convergence of iteration methods. doi:10.1016/0041-5553(64)90137-5",
    start: (length) => ({ t: 0, velocity: zeros(length) }),
    advance: ({ gradient, rate }, { velocity }, move) => {
      const push = variant === "torch" ? 1 : -rate;
      const stride = variant === "torch" ? -rate : 1;
      for (let i = 0; i < move.length; i++) {
        velocity[i] = beta * velocity[i]! + push * gradient[i]!;
        move[i] = stride * velocity[i]!;
      }
    },
  });
}

const rules = {
  torch: [
    String.raw`v \leftarrow \beta\, v + g`,
    String.raw`\theta \leftarrow \theta - \alpha\, v`,
  ],
  keras: [
    String.raw`v \leftarrow \beta\, v - \alpha\, g`,
    String.raw`\theta \leftarrow \theta + v`,
  ],
} as const;
