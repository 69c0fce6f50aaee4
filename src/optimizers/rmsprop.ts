import { oneOf, positive } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface RmspropOptions {
  /** α. Default 0.001. */
  readonly learningRate?: LearningRate;
  /**
   * Where ε stands: `"torch"` √v + ε; `"keras"` (also TensorFlow.js, Optax) √(v+ε). PyTorch lets α
   * act after the momentum, the others before it: they differ while α changes. Default `"torch"`.
   */
  readonly variant?: "torch" | "keras";
  /** ρ, how much of the old mean is kept. Default that of the variant: 0.99, Keras 0.9. */
  readonly rho?: number;
  /** ε. Default that of the variant: 1e-8, Keras 1e-7. */
  readonly epsilon?: number;
  /** Subtracts the square of the running mean: divides by the spread, not the size. Default false. */
  readonly centred?: boolean;
  /** β, momentum on the rescaled gradient. Default 0. */
  readonly momentum?: number;
}

export interface RmspropState extends OptimizerState {
  /** Running mean of the squared gradient. */
  readonly squares: readonly number[];
  /** Running mean of the gradient; stays zero unless centred. */
  readonly mean: readonly number[];
  readonly velocity: readonly number[];
}

/**
 * RMSprop: divide each slope by its recent root mean square.
 * Steps have about the same length in every coordinate, however steep it is there. (Not by the mean
 * magnitude, as is often said: by the root of the mean square.) TensorFlow.js 4.22 subtracts ε
 * in its centred form where all others add it; that is not copied.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * rmsprop({ learningRate: 0.1, rho: 0.5 }).step([1], { t: 3, squares: [7], mean: [0], velocity: [0] }).move   // → [-0.04999999975]
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer<RmspropState> {
  const { learningRate = 0.001, variant = "torch", centred = false, momentum = 0 } = options;
  oneOf("variant", variant, Object.keys(defaults));
  const { rho = defaults[variant].rho, epsilon = defaults[variant].epsilon } = options;
  decayRate("rho", rho);
  decayRate("momentum", momentum);
  positive("epsilon", epsilon);
  const inside = variant === "keras";
  return defineOptimizer({
    name: "RMSprop",
    settings: { learningRate, variant, rho, epsilon, centred, momentum },
    options,
    rule: ruleFor(inside, centred, momentum > 0),
    source: "Tieleman & Hinton (2012), Lecture 6.5: rmsprop. COURSERA",
    start: (length) => ({
      t: 0,
      squares: zeros(length),
      mean: zeros(length),
      velocity: zeros(length),
    }),
    advance: ({ gradient, rate }, { squares, mean, velocity }, move) => {
      const [before, after] = inside ? [rate, 1] : [1, rate];
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        squares[i] = rho * squares[i]! + (1 - rho) * g * g;
        if (centred) mean[i] = rho * mean[i]! + (1 - rho) * g;
        const spread = squares[i]! - mean[i]! ** 2;
        const size = inside ? Math.sqrt(spread + epsilon) : Math.sqrt(spread) + epsilon;
        velocity[i] = momentum * velocity[i]! + (before * g) / size;
        move[i] = -after * velocity[i]!;
      }
    },
  });
}

const defaults = {
  torch: { rho: 0.99, epsilon: 1e-8 },
  keras: { rho: 0.9, epsilon: 1e-7 },
} as const;

function ruleFor(inside: boolean, centred: boolean, withMomentum: boolean): string[] {
  const spread = centred ? "v - m^2" : "v";
  const size = inside
    ? String.raw`\sqrt{${spread} + \varepsilon}`
    : String.raw`(\sqrt{${spread}} + \varepsilon)`;
  return [
    String.raw`v \leftarrow \rho\, v + (1 - \rho)\, g^2`,
    ...(centred ? [String.raw`m \leftarrow \rho\, m + (1 - \rho)\, g`] : []),
    ...(withMomentum
      ? [
          String.raw`u \leftarrow \beta\, u + g / ${size}`,
          String.raw`\theta \leftarrow \theta - \alpha\, u`,
        ]
      : [String.raw`\theta \leftarrow \theta - \alpha\, g / ${size}`]),
  ];
}
