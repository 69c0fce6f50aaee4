import { mean, type Numbers, probabilitiesFit, scoresOf } from "./numbers.ts";

/**
 * Brier score: the mean squared error of probabilities.
 * Like log loss it is lowest for the true probabilities, but it forgives certain mistakes.
 *
 * @throws RangeError when a prediction is outside 0 … 1 or a target neither 0 nor 1
 *
 * @example
 * metrics.brier([0.9, 0.2], [1, 0])   // → 0.025
 */
export function brier(probability: Numbers, target: Numbers): number {
  const { scores, wanted } = scoresOf("brier", probability, target);
  probabilitiesFit("brier", scores);
  return mean(scores.map((p, i) => (p - wanted[i]!) ** 2));
}
