import { confusionMatrix } from "./confusionMatrix.ts";
import { classesOf, type Numbers, sum } from "./numbers.ts";

/**
 * Matthews correlation coefficient: the correlation of prediction and target, from −1 to 1, for any
 * number of classes.
 * It is 0 for guessing, however unequal the classes are, and 0 by convention where only one class is
 * named or true.
 *
 * @example
 * metrics.mcc([1, 1, 0, 0], [1, 0, 1, 0])   // → 0
 * metrics.mcc([1, 1, 1, 0], [1, 1, 0, 0])   // → 0.577350269190
 */
export function mcc(prediction: Numbers, target: Numbers): number {
  const { predicted, wanted } = classesOf("mcc", prediction, target);
  const { counts } = confusionMatrix(predicted, wanted);
  const rows = counts.map(sum);
  const columns = counts.map((_, c) => sum(counts.map((row) => row[c]!)));
  const n = wanted.length;
  const right = sum(counts.map((row, c) => row[c]!));
  const squares = (totals: readonly number[]) => n * n - sum(totals.map((total) => total * total));
  const spread = Math.sqrt(squares(rows) * squares(columns));
  const agreement = right * n - sum(rows.map((total, c) => total * columns[c]!));
  return spread === 0 ? 0 : agreement / spread;
}
