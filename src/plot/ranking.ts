import { type Numbers, row, sameLength } from "./numbers.ts";

/** Cumulative counts down the list of samples sorted by score, ties taken together. */
export interface Ranking {
  readonly name: string;
  /** Thresholds, descending; a sample counts as positive when its score is at least this. */
  readonly threshold: readonly number[];
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  readonly positives: number;
  readonly negatives: number;
}

/** Scores of one or several models for the same labels. */
export type Scores = Readonly<Record<string, Numbers>>;

/** Ranks the samples by each model's score. */
export const rankings = (labels: Numbers, scores: Scores): readonly Ranking[] =>
  Object.entries(scores).map(([name, values]) => ranking(name, labels, values));

function ranking(name: string, labels: Numbers, values: Numbers): Ranking {
  const [label, score] = labelsAndScores(name, labels, values);
  const order = [...score.keys()].sort((a, b) => score[b]! - score[a]!);
  const positives = label.filter((each) => each === 1).length;
  const [threshold, truePositives, falsePositives] = [[Infinity], [0], [0]];
  order.forEach((sample, rank) => {
    const tied = rank > 0 && score[order[rank - 1]!] === score[sample];
    const at = tied ? threshold.length - 1 : threshold.length;
    threshold[at] = score[sample]!;
    truePositives[at] = (truePositives[at] ?? truePositives[at - 1]!) + label[sample]!;
    falsePositives[at] = (falsePositives[at] ?? falsePositives[at - 1]!) + 1 - label[sample]!;
  });
  const negatives = label.length - positives;
  if (positives > 0 && negatives > 0)
    return { name, threshold, truePositives, falsePositives, positives, negatives };
  throw new RangeError(
    `labels must hold both classes, but they hold ${positives} ones and ${negatives} zeros.\nHint: without both there is nothing to tell apart.`,
  );
}

/** Labels 0 and 1 beside finite scores of the same length. */
export function labelsAndScores(
  name: string,
  labels: Numbers,
  values: Numbers,
): [number[], number[]] {
  const [label, score] = [row("labels", labels), row(name, values)];
  sameLength("labels", label.length, name, score.length);
  const strange = label.find((each) => each !== 0 && each !== 1);
  if (strange !== undefined)
    throw new RangeError(
      `labels must be 0 or 1, but there is ${strange}.\nHint: labels.map(y => (y > 0 ? 1 : 0)).`,
    );
  if (score.every(Number.isFinite)) return [label, score];
  throw new RangeError(
    `${name} must be finite, but it is not at sample ${score.findIndex((each) => !Number.isFinite(each))}.\nHint: a score that is not a number cannot be ranked.`,
  );
}

/** At most 500 of the points, first and last among them. */
export const fewer = <T>(points: readonly T[]): readonly T[] => {
  const stride = Math.ceil(points.length / 500);
  return points.filter((_, index) => index % stride === 0 || index === points.length - 1);
};
