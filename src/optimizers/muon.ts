import { knownOptions, notNegative, oneOf } from "../options.ts";
import { adam } from "./adam.ts";
import { decayRate } from "./checks.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  type Part,
  zeros,
} from "./Optimizer.ts";
import { orthogonal } from "./orthogonal.ts";

export interface MuonOptions {
  /** α, how far a step goes in every direction of a matrix. Default 0.02, as its author's; PyTorch: 0.001. */
  readonly learningRate?: LearningRate;
  /** β, how much of the old gradient mean is kept. Default 0.95. */
  readonly momentum?: number;
  /** Steps along (1 − β)g + βm instead of m. Default true. */
  readonly nesterov?: boolean;
  /** λ, the share αλ of each weight that a step takes away. Default 0; PyTorch: 0.1. */
  readonly weightDecay?: number;
  /**
   * What a step is multiplied with: `"width"` √max(1, outputs/inputs), as its author and PyTorch;
   * `"adam"` 0.2·√max(inputs, outputs), so that its numbers are as large as those of Adam. Default `"width"`.
   */
  readonly scale?: "width" | "adam";
  /** What moves everything that is no matrix, such as biases. Default `adam()`, with a rate of its own. */
  readonly others?: Optimizer;
}

export interface MuonState extends OptimizerState {
  /** Running mean of the gradient; 0 where it is no matrix. */
  readonly momentum: readonly number[];
  /** Where the matrices are: for each its first place, its rows and its columns. */
  readonly matrices: { readonly places: readonly (readonly [number, number, number])[] };
  /** The state of the optimizer that moves all else. */
  readonly others: OptimizerState;
}

/**
 * Muon: the mean gradient of a whole weight matrix, with all its singular values brought near 1.
 * A gradient usually pulls along few directions; here the others are followed as far. `train` tells it which
 * parameters are matrices ([inputs, outputs]); a plain list counts as one row, whose step is its direction.
 * It is meant for hidden layers.
 *
 * @throws RangeError when a setting is out of range; the message names it
 * @throws TypeError when `step` is not given the parameters
 *
 * @example
 * const state = muon({ learningRate: 1 }).start(4, [{ start: 0, shape: [2, 2] }]);
 * Array.from(muon({ learningRate: 1 }).step([3, 0, 0, 0.1], state, [1, 1, 1, 1]).move, Math.round)   // → [-1, 0, 0, -1]
 */
export function muon(options: MuonOptions = {}): Optimizer<MuonState> {
  const { learningRate = 0.02, momentum = 0.95, nesterov = true, weightDecay = 0 } = options;
  const { scale = "width", others = adam() } = options;
  decayRate("momentum", momentum);
  notNegative("weightDecay", weightDecay);
  oneOf("scale", scale, ["width", "adam"]);
  const settings = { learningRate, momentum, nesterov, weightDecay, scale };
  knownOptions("Muon", options, [...Object.keys(settings), "others"]);
  return defineOptimizer({
    name: "Muon",
    settings: { ...settings, others },
    rule: [
      String.raw`m \leftarrow \beta\, m + (1 - \beta)\, g`,
      nesterov
        ? String.raw`O = \operatorname{orth}((1 - \beta)\, g + \beta\, m)`
        : String.raw`O = \operatorname{orth}(m)`,
      String.raw`\theta \leftarrow \theta - \alpha\, ${factors[scale]}\, O - \alpha \lambda\, \theta`,
    ],
    source: "Jordan et al. (2024), Muon: An Optimizer for Hidden Layers in Neural Networks",
    start: (length, parts = [{ start: 0, shape: [1, length] }]) => {
      const places = parts.flatMap(placeOf);
      const rest = length - places.reduce((sum, [, rows, columns]) => sum + rows * columns, 0);
      return { t: 0, momentum: zeros(length), matrices: { places }, others: others.start(rest) };
    },
    seesParameters: true,
    advance: ({ gradient, rate, parameters }, state, move) => {
      for (const [start, rows, columns] of state.matrices.places) {
        const along = new Float64Array(rows * columns);
        for (let k = 0; k < along.length; k++) {
          const [i, g] = [start + k, gradient[start + k]!];
          const mean = momentum * state.momentum[i]! + (1 - momentum) * g;
          state.momentum[i] = mean;
          along[k] = nesterov ? (1 - momentum) * g + momentum * mean : mean;
        }
        const stride = rate * lengthOf(scale, rows, columns);
        orthogonal({ numbers: along, rows, columns }).forEach((entry, k) => {
          // 0 − …, so that a flat weight moves by 0 and not by −0.
          move[start + k] = 0 - stride * entry - rate * weightDecay * parameters[start + k]!;
        });
      }
      const rest = restOf(state.matrices.places, move.length);
      moveOthers(others, rest, { gradient, parameters }, state.others, move);
    },
  });
}

const factors = {
  width: String.raw`\sqrt{\max(1, n_{\text{out}} / n_{\text{in}})}`,
  adam: String.raw`0.2 \sqrt{\max(n_{\text{in}}, n_{\text{out}})}`,
} as const;

function lengthOf(scale: "width" | "adam", inputs: number, outputs: number): number {
  return scale === "width"
    ? Math.sqrt(Math.max(1, outputs / inputs))
    : 0.2 * Math.sqrt(Math.max(inputs, outputs));
}

/** The place of a parameter that is a matrix. */
function placeOf({ start, shape }: Part): (readonly [number, number, number])[] {
  return shape.length === 2 ? [[start, shape[0]!, shape[1]!]] : [];
}

/** The places that belong to no matrix. */
function restOf(matrices: MuonState["matrices"]["places"], length: number): number[] {
  const isTaken = new Uint8Array(length);
  for (const [start, rows, columns] of matrices) isTaken.fill(1, start, start + rows * columns);
  return Array.from(isTaken.keys()).filter((i) => isTaken[i] === 0);
}

/** Lets another optimizer move the entries at some places. */
function moveOthers(
  others: Optimizer,
  places: readonly number[],
  at: { readonly gradient: Float64Array; readonly parameters: ArrayLike<number> },
  state: OptimizerState,
  move: Float64Array,
): void {
  const those = (list: ArrayLike<number>) => Float64Array.from(places, (i) => list[i]!);
  const moved = new Float64Array(places.length);
  others.stepInPlace(those(at.gradient), state, moved, those(at.parameters));
  places.forEach((i, k) => {
    move[i] = moved[k]!;
  });
}
