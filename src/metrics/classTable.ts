import { type Numbers, numbersOf, probabilitiesFit, sum } from "./numbers.ts";

/** A row of probabilities for each sample: arrays within an array, or a tensor of two axes. */
export type Rows =
  | readonly ArrayLike<number>[]
  | { readonly data: ArrayLike<number>; readonly shape: readonly number[] };

/** The rows of a table, or undefined where there is only one list of numbers. */
export function tableIn(values: Numbers | Rows): number[][] | undefined {
  if ("shape" in values) {
    const [count = 0, width = 1] = values.shape;
    if (values.shape.length !== 2 || width === 1) return undefined;
    const list = Array.from(values.data);
    return Array.from({ length: count }, (_, i) => list.slice(i * width, (i + 1) * width));
  }
  if (!Array.isArray(values) || typeof values[0] !== "object") return undefined;
  return values.map((row: ArrayLike<number>) => Array.from(row));
}

/** Rows of probabilities beside the classes that came true, checked. */
export function classTable(
  metric: string,
  rows: readonly (readonly number[])[],
  target: Numbers,
): { readonly rows: readonly (readonly number[])[]; readonly classes: readonly number[] } {
  const [classes, width] = [numbersOf(target), rows[0]!.length];
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0 || rows.length !== classes.length)
    throw new RangeError(
      ragged >= 0
        ? `${metric} needs as many probabilities in each row, but row 0 has ${width} and row ${ragged} has ${rows[ragged]!.length}.\nHint: one for each class.`
        : `${metric} needs one class for each row, but got ${rows.length} rows and ${classes.length} classes.\nHint: probabilities first, classes second.`,
    );
  const wrong = classes.findIndex(
    (label) => !(Number.isInteger(label) && label >= 0 && label < width),
  );
  if (wrong >= 0)
    throw new RangeError(
      `${metric} needs classes from 0 to ${width - 1}, but target[${wrong}] is ${classes[wrong]}.\nHint: the first class is 0; a row has one probability for each class.`,
    );
  probabilitiesFit(metric, rows.flat(), "take softmax of raw scores first");
  const off = rows.findIndex((row) => Math.abs(sum(row) - 1) > 1e-6);
  if (off >= 0)
    throw new RangeError(
      `${metric} needs rows of probabilities that add up to 1, but row ${off} adds up to ${sum(rows[off]!)}.\nHint: take softmax of raw scores first.`,
    );
  return { rows, classes };
}
