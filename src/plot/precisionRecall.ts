import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, stroke } from "./look.ts";
import { type Numbers, say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";
import { fewer, type Ranking, rankings, type Scores } from "./ranking.ts";

export interface PrecisionRecallOptions {
  readonly title?: string;
}

/**
 * Draws precision against recall: how pure the alarms stay while more of the positives are found.
 * The dotted line is guessing, at the share of positives; with rare positives it lies far below a good-looking ROC.
 *
 * @throws RangeError when the labels are not 0 and 1, or only one of them occurs.
 * @example
 * plot.precisionRecall([0, 0, 1, 1], { model: [0.1, 0.4, 0.35, 0.8] }).alt // → "Precision and recall for 2 positives of 4, a share of 0.5: model has average precision 0.8333."
 */
export function precisionRecall(
  labels: Numbers,
  scores: Scores,
  { title }: PrecisionRecallOptions = {},
): Figure {
  const ranked = rankings(labels, scores);
  const averages = ranked.map(averagePrecision);
  const { positives, negatives } = ranked[0] ?? { positives: 0, negatives: 1 };
  const share = positives / (positives + negatives);
  return draw({
    traces: [guessing(share), ...ranked.map((each, index) => curve(each, averages[index]!, index))],
    layout: {
      title: { text: title ?? "Precision and recall" },
      height: 440,
      xaxis: axis("recall", { range: [-0.02, 1.02] }),
      yaxis: axis("precision", { range: [-0.02, 1.02] }),
      showlegend: true,
    },
    alt: `Precision and recall for ${positives} positives of ${positives + negatives}, a share of ${say(share)}: ${ranked.map(({ name }, index) => `${name} has average precision ${say(averages[index]!)}`).join("; ")}.`,
  });
}

const precisionAt = ({ truePositives, falsePositives }: Ranking, k: number): number =>
  k === 0
    ? precisionAt({ truePositives, falsePositives } as Ranking, 1)
    : truePositives[k]! / (truePositives[k]! + falsePositives[k]!);

// Precision weighted by the recall that each threshold adds; no interpolation, which would flatter.
const averagePrecision = (ranking: Ranking): number =>
  ranking.truePositives.reduce(
    (sum, hits, k) =>
      k === 0 ? 0 : sum + (hits - ranking.truePositives[k - 1]!) * precisionAt(ranking, k),
    0,
  ) / ranking.positives;

function curve(ranking: Ranking, average: number, index: number): Trace {
  const { name, truePositives, positives, threshold } = ranking;
  const kept = fewer([...truePositives.keys()]);
  return {
    type: "scatter",
    mode: "lines",
    name: `${name} (average ${say(average)})`,
    x: kept.map((k) => truePositives[k]! / positives),
    y: kept.map((k) => precisionAt(ranking, k)),
    text: kept.map((k) => say(threshold[k]!)),
    line: { ...stroke(index), shape: "vh" },
    hovertemplate: `${name}<br>threshold %{text}<br>recall %{x:.3f}, precision %{y:.3f}<extra></extra>`,
  };
}

const guessing = (share: number): Trace => ({
  type: "scatter",
  mode: "lines",
  name: `guessing (${say(share)})`,
  x: [0, 1],
  y: [share, share],
  line: { color: "#888", dash: "dot", width: 1.5 },
  hoverinfo: "skip",
});
