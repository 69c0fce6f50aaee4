import { ShapeError, type Tensor, tensor } from "../engine/index.ts";
import { inWords } from "../options.ts";
import type { Samples } from "./TrainOptions.ts";

/** Samples as tensors; a function that brings its own data has none, and counts as one sample. */
export interface Batch {
  readonly x: Tensor | undefined;
  readonly y: Tensor | undefined;
  readonly count: number;
  /** Whether it is all of the samples, so that the same tensors come in every step. */
  readonly isAll: boolean;
}

/** Data checked at the door, so that what is wrong is named by row and column and not found as a NaN loss. */
export function samplesOf(name: string, data: Samples | undefined): Batch {
  if (data === undefined) return { x: undefined, y: undefined, count: 1, isAll: true };
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
  return { x, y, count, isAll: true };
}

function noHoles(name: string, which: "x" | "y", values: Tensor): void {
  const at = values.data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const width = values.size / values.shape[0]!;
  const row = Math.floor(at / width);
  const place = values.shape.length > 1 ? `row ${row}, column ${at % width}` : `row ${row}`;
  throw new RangeError(
    `${name} cannot learn from ${values.data[at]} in ${place} of ${which}.\nHint: leave such rows out, or fill them in.`,
  );
}

/** Some of the samples, by their rows. */
export function picked({ x, y }: Batch, rows: readonly number[]): Batch {
  return { x: x?.gather(rows), y: y?.gather(rows), count: rows.length, isAll: false };
}
