import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { axis, stroke } from "./look.ts";
import { type Numbers, say } from "./numbers.ts";
import type { Trace } from "./plotly.ts";
import { fewer, type Ranking, rankings, type Scores } from "./ranking.ts";

export interface RocOptions {
  readonly title?: string;
}

/**
 * Draws the ROC curve of one or several models: how many positives are found for how many false alarms.
 * It does not see how rare the positives are; plot.precisionRecall does.
 *
 * @throws RangeError when the labels are not 0 and 1, or only one of them occurs.
 * @example
 * plot.roc([0, 0, 1, 1], { model: [0.1, 0.4, 0.35, 0.8] }).alt // → "ROC curve of 2 positives and 2 negatives: model has area 0.75 and finds a share of 0.5 at a false positive rate of 0."
 */
export function roc(labels: Numbers, scores: Scores, { title }: RocOptions = {}): Figure {
  const ranked = rankings(labels, scores);
  const areas = ranked.map(area);
  const { positives, negatives } = ranked[0] ?? { positives: 0, negatives: 0 };
  return draw({
    traces: [chance, ...ranked.map((each, index) => curve(each, areas[index]!, index))],
    layout: {
      title: { text: title ?? "ROC" },
      height: 440,
      xaxis: axis("false positive rate", { range: [-0.02, 1.02] }),
      yaxis: axis("true positive rate", { range: [-0.02, 1.02] }),
      showlegend: true,
    },
    alt: `ROC curve of ${positives} positives and ${negatives} negatives: ${ranked.map((each, index) => inWords(each, areas[index]!)).join("; ")}.`,
  });
}

function inWords(ranking: Ranking, areaUnder: number): string {
  const { name, truePositives, falsePositives, positives, negatives } = ranking;
  const k = falsePositives.findLastIndex((alarms) => alarms <= negatives / 10);
  return `${name} has area ${say(areaUnder)} and finds a share of ${say(truePositives[k]! / positives)} at a false positive rate of ${say(falsePositives[k]! / negatives)}`;
}

// The share of pairs of a positive and a negative that are ranked rightly; ties count half.
function area({ truePositives, falsePositives, positives, negatives }: Ranking): number {
  const strips = truePositives.map((hits, k) =>
    k === 0
      ? 0
      : ((falsePositives[k]! - falsePositives[k - 1]!) * (hits + truePositives[k - 1]!)) / 2,
  );
  return strips.reduce((sum, each) => sum + each, 0) / (positives * negatives);
}

function curve(ranking: Ranking, areaUnder: number, index: number): Trace {
  const { name, truePositives, falsePositives, positives, negatives, threshold } = ranking;
  const kept = fewer([...truePositives.keys()]);
  return {
    type: "scatter",
    mode: "lines",
    name: `${name} (area ${say(areaUnder)})`,
    x: kept.map((k) => falsePositives[k]! / negatives),
    y: kept.map((k) => truePositives[k]! / positives),
    text: kept.map((k) => say(threshold[k]!)),
    line: stroke(index),
    hovertemplate: `${name}<br>threshold %{text}<br>false %{x:.3f}, true %{y:.3f}<extra></extra>`,
  };
}

const chance: Trace = {
  type: "scatter",
  mode: "lines",
  name: "chance",
  x: [0, 1],
  y: [0, 1],
  line: { color: "#888", dash: "dot", width: 1.5 },
  hoverinfo: "skip",
};
