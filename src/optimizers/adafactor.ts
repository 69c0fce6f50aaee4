import { notNegative, oneOf, positive } from "../options.ts";
import {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerState,
  type Part,
  zeros,
} from "./Optimizer.ts";
import { lengthOf, placesOf } from "./places.ts";

export interface AdafactorOptions {
  /** α, the most that a step may be as a share of what it moves; later 1/√t. Default 0.01; Keras: 0.001. */
  readonly learningRate?: LearningRate;
  /** c, how fast the memory of squares grows: the new square counts t to the power −c. Default 0.8. */
  readonly decay?: number;
  /** d, above which root mean square a step is cut, at least 0. Default 1. */
  readonly clip?: number;
  /** ε₁, which no square falls below. Default 2⁻⁵², whose square is the least; Keras and the paper: 1e-30. */
  readonly epsilon?: number;
  /** ε₂, the least size that a parameter counts as having. Default 0.001. */
  readonly smallest?: number;
  /** λ, the share αλ of each parameter that a step takes away. Default 0. */
  readonly weightDecay?: number;
  /**
   * Where ε₁ stands: `"torch"` a floor under the mean squares, `"keras"` (also the paper) a summand of every
   * square; Keras also takes the size of a parameter after its decay. Default `"torch"`.
   */
  readonly variant?: "torch" | "keras";
}

/** The means of squares along the rows and the columns of a matrix: two lists in place of a table. */
export interface Factors {
  /** Where the matrix begins. */
  readonly start: number;
  readonly rows: number[];
  readonly columns: number[];
}

export interface AdafactorState extends OptimizerState {
  /** What the square of each slope is taken for: of a matrix rows × columns / mean. */
  readonly squares: readonly number[];
  readonly parts: {
    /** Where each parameter begins, and how many numbers it has. */
    readonly places: readonly (readonly [number, number])[];
    readonly matrices: readonly Factors[];
  };
}

/**
 * Adafactor: steps as long as a share of what they move, each slope measured by a mean of squares that a matrix
 * keeps for its rows and columns only.
 * Of a layer of a million weights Adam remembers two million numbers, this two thousand; the library still writes
 * out the product, to be looked at. The share falls as 1/√t, whatever the rate. `train` tells it which numbers
 * are a matrix; a plain list counts as a vector, of which every square is kept.
 *
 * @throws RangeError when a setting is out of range; the message names it
 * @throws TypeError when `step` is not given the parameters
 *
 * @example
 * adafactor({ learningRate: 0.1 }).step([5, -2], adafactor().start(2), [3, 4]).move   // → [-0.353553390593, 0.353553390593]
 */
export function adafactor(options: AdafactorOptions = {}): Optimizer<AdafactorState> {
  const { learningRate = 0.01, decay = 0.8, clip = 1, smallest = 1e-3, weightDecay = 0 } = options;
  const { variant = "torch" } = options;
  oneOf("variant", variant, Object.keys(floors));
  const { epsilon = floors[variant] } = options;
  positive("clip", clip);
  for (const [name, value] of Object.entries({ decay, epsilon, smallest, weightDecay }))
    notNegative(name, value);
  const [added, floor] = variant === "keras" ? [epsilon, 0] : [0, epsilon];
  return defineOptimizer({
    name: "Adafactor",
    settings: { learningRate, decay, clip, epsilon, smallest, weightDecay, variant },
    options,
    rule: rules[variant],
    source:
      "Shazeer & Stern (2018), Adafactor: Adaptive Learning Rates with Sublinear Memory Cost. arXiv:1804.04235",
    start: (length, parts: readonly Part[] = [{ start: 0, shape: [length] }]) => ({
      t: 0,
      squares: zeros(length),
      parts: { places: placesOf(parts), matrices: parts.flatMap(factorsOf) },
    }),
    seesParameters: true,
    advance: ({ gradient, rate, parameters }, { t, squares, parts }, move) => {
      remember(gradient, {
        squares,
        matrices: parts.matrices,
        newest: (t + 1) ** -decay,
        added,
        floor,
      });
      const share = Math.min(rate, 1 / Math.sqrt(t + 1));
      const kept = variant === "keras" ? 1 - rate * weightDecay : 1;
      for (const [start, length] of parts.places) {
        for (let i = start; i < start + length; i++)
          move[i] = gradient[i] === 0 ? 0 : gradient[i]! / Math.max(Math.sqrt(squares[i]!), floor);
        const root = Math.sqrt(length);
        const size = Math.max(smallest, (kept * lengthOf(parameters, start, length)) / root);
        const cut = Math.max(1, lengthOf(move, start, length) / (root * clip));
        for (let i = start; i < start + length; i++)
          // 0 − …, so that a flat coordinate moves by 0 and not by −0.
          move[i] = 0 - ((share * size) / cut) * move[i]! - rate * weightDecay * parameters[i]!;
      }
    },
  });
}

const floors = { torch: 2 ** -52, keras: 1e-30 } as const;

const stride = String.raw`\theta \leftarrow \theta - \min(\alpha, 1/\sqrt{t})\, \frac{\max(\varepsilon_2, \operatorname{rms} \theta)}{\max(1, \operatorname{rms}(u) / d)}\, u - \alpha \lambda\, \theta`;
const product = String.raw`\hat{v} = r c^{\mathsf{T}} / \operatorname{mean}(r)`;
const rules = {
  torch: [
    String.raw`r \leftarrow (1 - t^{-c})\, r + t^{-c} \operatorname{mean}_{\text{columns}} g^2, \quad c \text{ alike}`,
    product,
    String.raw`u = g / \max(\varepsilon_1, \sqrt{\hat{v}})`,
    stride,
  ],
  keras: [
    String.raw`r \leftarrow (1 - t^{-c})\, r + t^{-c} \operatorname{mean}_{\text{columns}} (g^2 + \varepsilon_1), \quad c \text{ alike}`,
    product,
    String.raw`u = g / \sqrt{\hat{v}}`,
    stride,
  ],
} as const;

/** The matrices of a parameter with two axes or more, with nothing remembered. */
function factorsOf({ start, shape }: Part): Factors[] {
  if (shape.length < 2) return [];
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  const count = shape.slice(0, -2).reduce((size, axis) => size * axis, 1);
  return Array.from({ length: count }, (_, k) => ({
    start: start + k * rows * columns,
    rows: zeros(rows),
    columns: zeros(columns),
  }));
}

/** Moves what is remembered of squares towards the newest ones. */
function remember(
  gradient: Float64Array,
  now: {
    readonly squares: number[];
    readonly matrices: readonly Factors[];
    /** What share the newest squares have in a mean. */
    readonly newest: number;
    readonly added: number;
    readonly floor: number;
  },
): void {
  const { squares, newest, added, floor } = now;
  const towards = (means: number[], i: number, square: number) => {
    means[i] = (1 - newest) * means[i]! + newest * (square + added);
  };
  for (let i = 0; i < gradient.length; i++) towards(squares, i, gradient[i]! ** 2);
  for (const { start, rows, columns } of now.matrices) {
    const [across, down] = [zeros(rows.length), zeros(columns.length)];
    eachEntry({ start, rows, columns }, (at, i, j) => {
      across[i]! += gradient[at]! ** 2 / columns.length;
      down[j]! += gradient[at]! ** 2 / rows.length;
    });
    for (const [i, square] of across.entries()) towards(rows, i, square);
    for (const [j, square] of down.entries()) towards(columns, j, square);
    const mean = rows.reduce((sum, row) => sum + row, 0) / rows.length;
    const whole = Math.max(mean, floor);
    eachEntry({ start, rows, columns }, (at, i, j) => {
      squares[at] = whole === 0 ? 0 : (rows[i]! * columns[j]!) / whole;
    });
  }
}

/** Calls with each place of a matrix, its row and its column. */
function eachEntry(
  { start, rows, columns }: Factors,
  call: (at: number, row: number, column: number) => void,
): void {
  let at = start;
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < columns.length; j++) call(at++, i, j);
}
