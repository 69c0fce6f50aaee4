import { ShapeError, type Tensor, type TensorLike, tensor } from "../engine/index.ts";

/** What was learned from the training part, and how to apply it to any part. */
export interface Scaler {
  readonly name: string;
  /** What is taken away from each feature. */
  readonly shift: readonly number[];
  /** What each feature is then divided by. */
  readonly scale: readonly number[];
  /** @throws ShapeError when there are more or fewer features than it was fitted to */
  apply(x: TensorLike): Tensor;
  /** Back to the units before. */
  undo(x: TensorLike): Tensor;
}

/**
 * Learns to bring each feature to mean 0 and standard deviation 1.
 * Fit it to the training part only: the test part's mean is not known beforehand. A feature that never
 * changes becomes 0.
 *
 * @example
 * datasets.standardise([[1, 10], [3, 30]]).apply([[1, 10], [2, 20]])   // → [[-1, -1], [0, 0]]
 */
export function standardise(train: TensorLike): Scaler {
  const columns = columnsOf("standardise", train);
  const shift = columns.map((column) => column.reduce((sum, x) => sum + x / column.length, 0));
  const scale = columns.map((column, c) =>
    Math.sqrt(column.reduce((sum, x) => sum + (x - shift[c]!) ** 2 / column.length, 0)),
  );
  return scalerOf("Standardise", shift, scale);
}

/**
 * Learns to bring each feature to 0 … 1. One outlier squeezes all others together.
 *
 * @example
 * datasets.minMax([[1], [3]]).apply([[2], [5]])   // → [[0.5], [2]]
 */
export function minMax(train: TensorLike): Scaler {
  const columns = columnsOf("minMax", train);
  const lowest = columns.map((column) => column.reduce((a, b) => Math.min(a, b)));
  const span = columns.map((column, c) => column.reduce((a, b) => Math.max(a, b)) - lowest[c]!);
  return scalerOf("Min-max", lowest, span);
}

function columnsOf(name: string, train: TensorLike): number[][] {
  const x = tensor(train);
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

function scalerOf(name: string, shift: readonly number[], spans: readonly number[]): Scaler {
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
    apply: (x) => fitting(x).sub(tensor(shift)).div(tensor(scale)),
    undo: (x) => fitting(x).mul(tensor(scale)).add(tensor(shift)),
  };
}
