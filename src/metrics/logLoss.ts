import { mean, type Numbers, probabilitiesFit, scoresOf } from "./numbers.ts";

/**
 * Log loss: the mean of −log of the probability given to what happened.
 * Certain and wrong just once gives Infinity; scikit-learn cuts probabilities at 2.2e-16 instead.
 *
 * @throws RangeError when a prediction is outside 0 … 1 or a target neither 0 nor 1
 *
 * @example
 * metrics.logLoss([0.9, 0.1], [1, 0])   // → 0.105360515658
 */
export function logLoss(probability: Numbers, target: Numbers): number {
  const { scores, wanted } = scoresOf("logLoss", probability, target);
  probabilitiesFit("logLoss", scores);
  return mean(scores.map((p, i) => (wanted[i] === 1 ? -Math.log(p) : -Math.log1p(-p))));
}
