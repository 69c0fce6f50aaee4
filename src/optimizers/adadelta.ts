import { positive } from "../options.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface AdadeltaOptions {
  /** α, a factor on a step that has its own length already. Default 1, as in the paper and PyTorch; Keras, TensorFlow.js: 0.001. */
  readonly learningRate?: LearningRate;
  /** ρ, how much of the old means is kept. Default 0.9, as in PyTorch and Optax; Keras: 0.95. */
  readonly rho?: number;
  /** ε, which alone makes the first steps happen. Default 1e-6; Keras: 1e-7. */
  readonly epsilon?: number;
}

export interface AdadeltaState extends OptimizerState {
  /** Running mean of the squared gradient. */
  readonly squares: readonly number[];
  /** Running mean of the squared step. */
  readonly strides: readonly number[];
}

/**
 * AdaDelta: the step is measured in steps made before, so that no learning rate is needed.
 * It begins with steps of about √ε and takes long to find its pace.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * adadelta({ epsilon: 1 }).step([1], { t: 0, squares: [0], strides: [3] }).move   // → [-1.90692517849]
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer<AdadeltaState> {
  const { learningRate = 1, rho = 0.9, epsilon = 1e-6 } = options;
  decayRate("rho", rho);
  positive("epsilon", epsilon);
  return defineOptimizer({
    name: "AdaDelta",
    settings: { learningRate, rho, epsilon },
    options,
    rule: [
      String.raw`v \leftarrow \rho\, v + (1 - \rho)\, g^2`,
      String.raw`d \leftarrow g\, \sqrt{u + \varepsilon} / \sqrt{v + \varepsilon}`,
      String.raw`u \leftarrow \rho\, u + (1 - \rho)\, d^2`,
      String.raw`\theta \leftarrow \theta - \alpha\, d`,
    ],
    source: "Zeiler (2012), ADADELTA: An Adaptive Learning Rate Method. arXiv:1212.5701",
    start: (length) => ({ t: 0, squares: zeros(length), strides: zeros(length) }),
    advance: ({ gradient, rate }, { squares, strides }, move) => {
      for (let i = 0; i < move.length; i++) {
        const g = gradient[i]!;
        squares[i] = rho * squares[i]! + (1 - rho) * g * g;
        const d = (Math.sqrt(strides[i]! + epsilon) / Math.sqrt(squares[i]! + epsilon)) * g;
        strides[i] = rho * strides[i]! + (1 - rho) * d * d;
        move[i] = -rate * d;
      }
    },
  });
}
