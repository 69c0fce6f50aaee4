/** What a metric reads: an array of numbers, or anything that holds one as `data`, such as a tensor. */
export type Numbers = ArrayLike<number> | { readonly data: ArrayLike<number> };

/** Predictions and targets side by side, checked: as many of both, at least one, no NaN. */
export function pairsOf(
  metric: string,
  prediction: Numbers,
  target: Numbers,
): { readonly predicted: number[]; readonly wanted: number[] } {
  const [predicted, wanted] = [numbersOf(prediction), numbersOf(target)];
  if (predicted.length !== wanted.length)
    throw new RangeError(
      `${metric} needs one target for each prediction, but got ${predicted.length} predictions and ${wanted.length} targets.\nHint: prediction first, target second; scores of several classes become classes by scores.argMax(-1).`,
    );
  if (predicted.length === 0)
    throw new RangeError(
      `${metric} of nothing does not exist.\nHint: check how the data was split.`,
    );
  for (const [name, values] of Object.entries({ prediction: predicted, target: wanted })) {
    const table = values.findIndex((value) => typeof value === "object");
    if (table >= 0)
      throw new TypeError(
        `${metric} needs plain numbers, but ${name}[${table}] is an array.\nHint: ${name}.flat(), or a tensor.`,
      );
    const wrong = values.findIndex(Number.isNaN);
    if (wrong >= 0)
      throw new RangeError(
        `${metric} cannot compare with NaN, but ${name}[${wrong}] is.\nHint: find out where it came from before judging a model by the rest.`,
      );
  }
  return { predicted, wanted };
}

/**
 * Predicted and true classes side by side.
 *
 * @throws RangeError when one is no whole number, and so a score and not a class
 */
export function classesOf(metric: string, prediction: Numbers, target: Numbers) {
  const both = pairsOf(metric, prediction, target);
  for (const [name, labels] of [
    ["prediction", both.predicted],
    ["target", both.wanted],
  ] as const) {
    const wrong = labels.findIndex((label) => !Number.isInteger(label));
    if (wrong >= 0)
      throw new RangeError(
        `${metric} compares classes, which are whole numbers, but ${name}[${wrong}] is ${labels[wrong]}.\nHint: probabilities become classes by p.greater(0.5), logits by z.greater(0).`,
      );
  }
  return both;
}

export const numbersOf = (values: Numbers): number[] =>
  Array.from("data" in values ? values.data : values);

/** Scores beside what is true of each sample, 0 or 1, with both kinds present. */
export function scoresOf(metric: string, score: Numbers, target: Numbers) {
  const { predicted: scores, wanted } = pairsOf(metric, score, target);
  const wrong = wanted.findIndex((y) => y !== 0 && y !== 1);
  if (wrong >= 0)
    throw new RangeError(
      `${metric} needs targets 0 or 1, but target[${wrong}] is ${wanted[wrong]}.\nHint: one class against the rest: target.equal(class).`,
    );
  return { scores, wanted, positives: sum(wanted), negatives: wanted.length - sum(wanted) };
}

/** Checks that scores are probabilities. */
export function probabilitiesFit(
  metric: string,
  scores: readonly number[],
  hint = "take sigmoid of raw scores first",
): void {
  const wrong = scores.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong < 0) return;
  throw new RangeError(
    `${metric} needs probabilities from 0 to 1, but prediction[${wrong}] is ${scores[wrong]}.\nHint: ${hint}.`,
  );
}

/**
 * Adds up with what every addition rounds off kept beside, so that the sum of many is as exact as that of two.
 * @see Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen. doi:10.1002/zamm.19740540106
 */
export function sum(values: readonly number[]): number {
  let [total, lost] = [0, 0];
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(lost) ? total + lost : total;
}

export const mean = (values: readonly number[]): number => sum(values) / values.length;
