import { notNegative } from "../options.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  zeros,
} from "./Optimizer.ts";

export interface FtrlOptions {
  /** α. Default 0.001, as in Keras; far larger ones suit it, as they do AdaGrad. */
  readonly learningRate?: LearningRate;
  /** p, how each coordinate's rate falls with its squared gradients: α/nᵖ. Default 0.5; 0 keeps it. */
  readonly power?: number;
  /** What the sum of squared gradients begins with. Default 0.1. */
  readonly initialAccumulator?: number;
  /** λ₁, up to which pull a parameter stays exactly 0. Default 0. */
  readonly l1?: number;
  /** λ₂, which draws parameters towards 0. Default 0. */
  readonly l2?: number;
  /** Adds 2·this share of each parameter to its gradient, but not to its square. Default 0. */
  readonly l2Shrinkage?: number;
  /** β, which damps the first steps, as the paper has it. Default 0. */
  readonly beta?: number;
}

export interface FtrlState extends OptimizerState {
  /** n, the sum of squared gradients so far. */
  readonly squares: readonly number[];
  /** z, the sum of gradients, each less what the parameters before it were held by. */
  readonly linear: readonly number[];
}

/**
 * FTRL-proximal: each step leads where the sum of all gradients so far, and a pull to every place before, are least.
 * With l1 most parameters of a linear model stay exactly 0, which no step along a gradient gives; without
 * it is AdaGrad. It is written for parameters that begin at 0: its sums know of no other beginning,
 * so that the first step draws others far towards 0 (as in Keras). A schedule that comes down to 0 stops it.
 *
 * @throws RangeError when a setting is out of range; the message names it
 * @throws TypeError when `step` is not given the parameters
 *
 * @example
 * ftrl({ learningRate: 1, l1: 2 }).step([1, 5], { t: 3, squares: [0, 11], linear: [0, 0] }, [0, 0]).move   // → [0, -0.5]
 */
export function ftrl(options: FtrlOptions = {}): Optimizer<FtrlState> {
  const { learningRate = 0.001, power = 0.5, initialAccumulator = 0.1 } = options;
  const { l1 = 0, l2 = 0, l2Shrinkage = 0, beta = 0 } = options;
  const settings = { learningRate, power, initialAccumulator, l1, l2, l2Shrinkage, beta };
  for (const [name, value] of Object.entries(settings))
    if (name !== "learningRate") notNegative(name, value as number); // the others are numbers
  return defineOptimizer({
    name: "FTRL",
    settings,
    options,
    rule: [
      String.raw`z \leftarrow z + g${l2Shrinkage > 0 ? String.raw` + 2 s\, \theta` : ""} - \frac{(n + g^2)^p - n^p}{\alpha}\, \theta`,
      String.raw`n \leftarrow n + g^2`,
      String.raw`\theta \leftarrow \begin{cases} 0 & |z| \le \lambda_1 \\ (\lambda_1 \operatorname{sign}(z) - z) / ((\beta + n^p) / \alpha + 2 \lambda_2) & \text{else} \end{cases}`,
    ],
    source:
      "McMahan et al. (2013), Ad Click Prediction: a View from the Trenches. doi:10.1145/2487575.2488200",
    start: (length) => ({
      t: 0,
      squares: zeros(length).fill(initialAccumulator),
      linear: zeros(length),
    }),
    seesParameters: true,
    advance: ({ gradient, rate, parameters }, { squares, linear }, move) => {
      move.fill(0);
      if (rate === 0) return;
      for (let i = 0; i < move.length; i++) {
        const [g, at] = [gradient[i]!, parameters[i]!];
        const total = squares[i]! + g * g;
        const held = (total ** power - squares[i]! ** power) / rate;
        const z = linear[i]! + g + 2 * l2Shrinkage * at - held * at;
        const bend = (total ** power + beta) / rate + 2 * l2;
        const over = z - Math.max(-l1, Math.min(l1, z));
        squares[i] = total;
        linear[i] = z;
        // A coordinate that has seen no gradient has no curvature either, and stays.
        if (bend > 0) move[i] = 0 - over / bend - at;
      }
    },
  });
}
