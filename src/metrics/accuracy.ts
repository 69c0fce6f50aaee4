import { classesOf, type Numbers } from "./numbers.ts";

/**
 * Accuracy: the share of predictions that are right.
 * With one class in twenty, always saying the other is right 95 % of the time: look at F1 or MCC too.
 *
 * @example
 * metrics.accuracy([0, 1, 1, 1], [0, 0, 1, 1])   // → 0.75
 */
export function accuracy(prediction: Numbers, target: Numbers): number {
  const { predicted, wanted } = classesOf("accuracy", prediction, target);
  return wanted.filter((y, i) => y === predicted[i]).length / wanted.length;
}
