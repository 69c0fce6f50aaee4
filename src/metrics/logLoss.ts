import { classTable, type Rows, tableIn } from "./classTable.ts";
import { mean, type Numbers, probabilitiesFit, scoresOf } from "./numbers.ts";

/**
 * Log loss: the mean of −log of the probability given to what happened. Of two classes it reads the
 * probabilities of class 1; of several a row for each sample, one probability for each class.
 * Certain and wrong just once gives Infinity; scikit-learn cuts probabilities at 2.2e-16 instead.
 *
 * @throws RangeError when a prediction is outside 0 … 1, a target is no class, or a row does not add up to 1
 *
 * @example
 * metrics.logLoss([0.9, 0.1], [1, 0])                            // → 0.105360515658
 * metrics.logLoss([[0.7, 0.2, 0.1], [0, 0.5, 0.5]], [0, 2])      // → 0.524911062249
 */
export function logLoss(probability: Numbers | Rows, target: Numbers): number {
  const table = tableIn(probability);
  if (table !== undefined) {
    const { rows, classes } = classTable("logLoss", table, target);
    return mean(rows.map((row, i) => -Math.log(row[classes[i]!]!)));
  }
  const { scores, wanted } = scoresOf("logLoss", probability as Numbers, target); // it is no table
  probabilitiesFit("logLoss", scores);
  return mean(scores.map((p, i) => (wanted[i] === 1 ? -Math.log(p) : -Math.log1p(-p))));
}
