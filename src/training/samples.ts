import { ShapeError, type Tensor, type TensorLike, tensor } from "../engine/index.ts";
import { inWords } from "../options.ts";
import type { Samples } from "./TrainOptions.ts";

/** Samples as tensors; a function that brings its own data has none, and counts as one sample. */
export interface Batch {
  readonly x: Tensor | undefined;
  readonly y: Tensor | undefined;
  /** What each sample counts; undefined where all count alike. */
  readonly weights: Tensor | undefined;
  readonly count: number;
  /** How many samples of mean weight they weigh as much as: `count`, unless some of them weigh more. */
  readonly mass: number;
  /** The sum of the weights; of samples that all count alike their number. */
  readonly weighs: number;
  /** Whether it is all of the samples, so that the same tensors come in every step. */
  readonly isAll: boolean;
}

/** Data checked at the door, so that what is wrong is named by row and column and not found as a NaN loss. */
export function samplesOf(name: string, data: Samples | undefined): Batch {
  if (data === undefined) return alone;
  if (data?.x === undefined || data.y === undefined)
    throw new TypeError(
      `${name} needs samples { x, y }: what is known of each, and what is to be predicted; but it got ${inWords(data)}.\nHint: { x: [[1, 2], [3, 4]], y: [0, 1] }, or one of the datasets.`,
    );
  const [x, y] = [tensor(data.x), tensor(data.y)];
  const count = x.shape[0] ?? 0;
  if (x.size === 0 || y.size === 0)
    throw new RangeError(
      `${name} needs at least one sample, but x has shape [${x.shape}] and y [${y.shape}].\nHint: check how the data was cut.`,
    );
  if (x.shape.length === 0 || y.shape.length === 0 || y.shape[0] !== count)
    throw new ShapeError(
      `${name} needs one target for each sample, but x has shape [${x.shape}] and y [${y.shape}]: ${count} against ${y.shape[0] ?? 0} rows.\nHint: samples stand in rows, x [samples, features] and y [samples].`,
    );
  noHoles(name, "x", x);
  noHoles(name, "y", y);
  const weights = data.weights === undefined ? undefined : weightsOf(name, data.weights, count);
  const weighs = weights?.sum().item() ?? count;
  return { x, y, weights, count, mass: count, weighs, isAll: true };
}

const alone: Batch = {
  x: undefined,
  y: undefined,
  weights: undefined,
  count: 1,
  mass: 1,
  weighs: 1,
  isAll: true,
};

/** One weight for each row, none of them negative, and not all 0. */
function weightsOf(name: string, given: TensorLike, count: number): Tensor {
  const weights = tensor(given);
  if (weights.shape.length !== 1 || weights.size !== count)
    throw new ShapeError(
      `${name} needs one weight for each of ${count} samples, but weights has shape [${weights.shape}].\nHint: a list of ${count} numbers, of which 1 is usual.`,
    );
  const wrong = weights.data.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong >= 0)
    throw new RangeError(
      `${name} needs weights of at least 0, but that of row ${wrong} is ${weights.data[wrong]}.\nHint: a weight says how often its sample counts; 0 leaves it out.`,
    );
  if (weights.data.some((weight) => weight > 0)) return weights;
  throw new RangeError(
    `${name} needs one weight above 0, but all are 0.\nHint: with no sample left there is nothing to learn from.`,
  );
}

function noHoles(name: string, which: "x" | "y", values: Tensor): void {
  const { data } = values;
  // Each run looks at all samples, which takes findIndex five times as long.
  let at = 0;
  while (at < data.length && Number.isFinite(data[at])) at++;
  if (at === data.length) return;
  const width = values.size / values.shape[0]!;
  const row = Math.floor(at / width);
  const place = values.shape.length > 1 ? `row ${row}, column ${at % width}` : `row ${row}`;
  throw new RangeError(
    `${name} cannot learn from ${data[at]} in ${place} of ${which}.\nHint: leave such rows out, or fill them in.`,
  );
}

/** Some of the samples, by their rows. */
export function picked(
  { x, y, weights, weighs: total, count: all }: Batch,
  rows: readonly number[],
): Batch {
  const count = rows.length;
  const some = { x: x?.gather(rows), y: y?.gather(rows), count, isAll: false };
  if (weights === undefined) return { ...some, weights, mass: count, weighs: count };
  const theirs = weights.gather(rows);
  const weighs = theirs.sum().item();
  return { ...some, weights: theirs, mass: all * (weighs / total), weighs };
}
