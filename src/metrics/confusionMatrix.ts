import { classesOf, type Numbers } from "./numbers.ts";

/** How often each class was taken for which. */
export interface ConfusionMatrix {
  /** The classes, rising; they number the rows and columns. */
  readonly classes: readonly number[];
  /** A row for each true class, a column for each predicted one. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Confusion matrix: true classes down, predicted ones across, how often each pair occurred.
 * The diagonal is what was right; every other entry says which class was taken for which.
 *
 * @param classes which classes to count, if not all that occur
 *
 * @example
 * metrics.confusionMatrix([0, 1, 1, 1], [0, 0, 1, 1]).counts   // → [[1, 1], [0, 2]]
 */
export function confusionMatrix(
  prediction: Numbers,
  target: Numbers,
  classes?: readonly number[],
): ConfusionMatrix {
  const { predicted, wanted } = classesOf("confusionMatrix", prediction, target);
  const all = classes ?? [...new Set([...wanted, ...predicted])].sort((a, b) => a - b);
  const place = new Map(all.map((label, i) => [label, i]));
  const counts = all.map(() => all.map(() => 0));
  wanted.forEach((y, i) => {
    const row = counts[place.get(y) ?? -1];
    const column = place.get(predicted[i]!);
    if (row !== undefined && column !== undefined) row[column]!++;
  });
  return { classes: all, counts };
}

/** What each class got right and wrong: hits, false alarms, misses. */
export interface Tally {
  readonly label: number;
  readonly hits: number;
  readonly alarms: number;
  readonly misses: number;
}

/** The tally of every class. */
export function tallies(metric: string, prediction: Numbers, target: Numbers): Tally[] {
  const { predicted, wanted } = classesOf(metric, prediction, target);
  const { classes, counts } = confusionMatrix(predicted, wanted);
  return classes.map((label, c) => {
    const hits = counts[c]![c]!;
    const named = counts.reduce((total, row) => total + row[c]!, 0);
    const there = counts[c]!.reduce((total, count) => total + count, 0);
    return { label, hits, alarms: named - hits, misses: there - hits };
  });
}
