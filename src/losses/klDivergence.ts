import { oneOf } from "../options.ts";
import {
  checkScores,
  lineOf,
  steepestOfSurprise,
  surpriseFormulas,
} from "./categoricalCrossEntropy.ts";
import { defineRowLoss, distributionsFit } from "./defineRowLoss.ts";
import { divergences } from "./divergence.ts";
import { excessOfRow } from "./divergenceOfRow.ts";
import { lossOptions } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { bendOfSurprise, type Scores, slopeOfSurprise } from "./surprise.ts";

export interface KlDivergenceOptions extends LossOptions {
  /** What the rows of the prediction hold. Default `"logits"`; PyTorch: `"log-probabilities"`. */
  readonly from?: Scores;
}

/**
 * Kullback–Leibler divergence Σ t·log(t/q) of the prediction q from the target t, for each row.
 * It is 0 exactly where both agree; by the prediction it has the same gradient as cross-entropy.
 * A row is added up with more digits than a double has, since its terms cancel where both almost agree: that takes
 * about three times as long as the cross-entropy of logits, which has the same gradient.
 * PyTorch's plain "mean" divides by rows times classes, which it advises against itself ("batchmean");
 * here the mean is that of the rows.
 *
 * @throws RangeError when a row of targets does not add up to 1, or a probability is outside 0 … 1
 *
 * @example
 * klDivergence({ from: "probabilities" })([0.5, 0.5], [1, 0])   // → 0.693147180560
 */
export function klDivergence(options: KlDivergenceOptions = {}): RowLoss<readonly number[]> {
  const { from, reduction } = lossOptions<{ from: Scores }>("klDivergence", options, {
    from: "logits",
  });
  oneOf("from", from, Object.keys(surpriseFormulas));
  return defineRowLoss(
    {
      name: "Kullback-Leibler divergence",
      argument: from,
      targets: "row",
      formula: [{ value: `sum(t .* (map(t, f(q) = log(q)) + ${surpriseFormulas[from]}))` }],
      tex: String.raw`\sum_c t_c \log \frac{t_c}{q_c}`,
      parameters: {},
      value: divergences[from],
      gradient: (row, t) =>
        from === "logits" ? excessOfRow(row, t) : slopeOfSurprise(row, t, from),
      curvature: (row, t) => bendOfSurprise(row, t, from),
      convex: true,
      seams: [],
      steepest: steepestOfSurprise(from, []),
      line: { ...lineOf(from), target: [1, 0] },
      check: (rows, t) => {
        checkScores("klDivergence", rows, from);
        distributionsFit("klDivergence", t);
      },
      source:
        "Kullback & Leibler (1951), On Information and Sufficiency. doi:10.1214/aoms/1177729694",
    },
    { reduction },
  );
}
