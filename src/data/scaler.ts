import { ShapeError, type Tensor, type TensorLike, tensor } from "../engine/index.ts";
import { from, originOf } from "./origin.ts";

/** What was learned from the training part, and how to apply it to any part. */
export interface Scaler {
  readonly name: string;
  /** What is taken away from each feature. */
  readonly shift: readonly number[];
  /** What each feature is then divided by. */
  readonly scale: readonly number[];
  /**
   * @throws ShapeError when there are more or fewer features than it was fitted to
   * @throws RangeError when x is one part of a split, and the scaler has learned from both
   */
  apply(x: TensorLike): Tensor;
  /** Back to the units before. */
  undo(x: TensorLike): Tensor;
}

/**
 * Learns to bring each feature to mean 0 and standard deviation 1.
 * Fit it to the training part only: the test part's mean is not known beforehand. A feature that never
 * changes becomes 0.
 *
 * @throws RangeError when it is to learn from the part that `split` kept back, or from NaN
 *
 * @example
 * datasets.standardise([[1, 10], [3, 30]]).apply([[1, 10], [2, 20]])   // → [[-1, -1], [0, 0]]
 */
export function standardise(train: TensorLike): Scaler {
  const x = tensor(train);
  const columns = columnsOf("standardise", x);
  const shift = columns.map((column) => column.reduce((sum, x) => sum + x / column.length, 0));
  const scale = columns.map((column, c) =>
    Math.sqrt(column.reduce((sum, x) => sum + (x - shift[c]!) ** 2 / column.length, 0)),
  );
  return scalerOf("Standardise", x, shift, scale);
}

/**
 * Learns to bring each feature to 0 … 1. One outlier squeezes all others together.
 *
 * @throws RangeError when it is to learn from the part that `split` kept back, or from NaN
 *
 * @example
 * datasets.minMax([[1], [3]]).apply([[2], [5]])   // → [[0.5], [2]]
 */
export function minMax(train: TensorLike): Scaler {
  const x = tensor(train);
  const columns = columnsOf("minMax", x);
  const lowest = columns.map((column) => column.reduce((a, b) => Math.min(a, b)));
  const span = columns.map((column, c) => column.reduce((a, b) => Math.max(a, b)) - lowest[c]!);
  return scalerOf("Min-max", x, lowest, span);
}

function columnsOf(name: string, x: Tensor): number[][] {
  if (originOf(x).keptBack)
    throw new RangeError(
      `${name} learns from the training part, but this is the part that split kept back.\nHint: const scaler = ${name}(train.x), then scaler.apply to both.`,
    );
  if (x.shape.length === 2 && x.size > 0) {
    const rows = x.toArray() as number[][];
    const columns = rows[0]!.map((_, c) => rows.map((row) => row[c]!));
    const wrong = columns.findIndex((column) => !column.every(Number.isFinite));
    if (wrong < 0) return columns;
    const row = columns[wrong]!.findIndex((value) => !Number.isFinite(value));
    throw new RangeError(
      `${name} cannot learn from ${columns[wrong]![row]} in row ${row}, column ${wrong}.\nHint: leave such rows out, or fill them in, before scaling.`,
    );
  }
  throw new ShapeError(
    `${name} needs a table [samples, features], but got shape [${x.shape}].\nHint: a single feature is a column: x.reshape([-1, 1]).`,
  );
}

function scalerOf(
  name: string,
  learned: Tensor,
  shift: readonly number[],
  spans: readonly number[],
): Scaler {
  const scale = spans.map((span) => (span === 0 ? 1 : span));
  const fitting = (x: TensorLike): Tensor => {
    const table = tensor(x);
    if (table.shape.at(-1) === shift.length) return table;
    throw new ShapeError(
      `This scaler was fitted to ${shift.length} features, but got shape [${table.shape}].\nHint: the features must be the same, in the same order.`,
    );
  };
  return {
    name,
    shift,
    scale,
    apply: (x) => {
      const table = fitting(x);
      if (originOf(table).splitFrom === learned) throw leak();
      const scaled = table.sub(shift).div(scale);
      return from(scaled, { scaledByItself: table === learned });
    },
    undo: (x) => fitting(x).mul(scale).add(shift),
  };
}

const leak = (): RangeError =>
  new RangeError(
    "This scaler has learned from all samples, those that were kept back for the test included.\nHint: split first, then fit the scaler to train.x alone.",
  );
