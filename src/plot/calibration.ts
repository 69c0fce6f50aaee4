import { countsIn } from "./binned.ts";
import { draw } from "./draw.ts";
import type { Figure } from "./Figure.ts";
import { fill, marker, stroke } from "./look.ts";
import { type Numbers, say } from "./numbers.ts";
import { panels } from "./panels.ts";
import type { Trace } from "./plotly.ts";
import { labelsAndScores, type Scores } from "./ranking.ts";

export interface CalibrationOptions {
  /** Into how many equal intervals the probabilities are grouped. Default 10. */
  readonly bins?: number;
  readonly title?: string;
}

/**
 * Draws how often a predicted probability comes true; below, how often each probability is predicted.
 * On the diagonal, of all days with “70 % rain” seven in ten were wet.
 *
 * @throws RangeError when the labels are not 0 and 1 or a probability is outside [0, 1].
 * @example
 * plot.calibration([0, 1, 1, 1], { model: [0.5, 0.5, 0.5, 0.5] }).alt // → "Calibration of 4 predictions in 10 groups: model is off by 0.25 on average."
 */
export function calibration(
  labels: Numbers,
  probabilities: Scores,
  { bins = 10, title }: CalibrationOptions = {},
): Figure {
  const models = Object.entries(probabilities).map(([name, values]) =>
    grouped(name, labels, values, bins),
  );
  const count = models[0]?.counts.reduce((sum, each) => sum + each, 0) ?? 0;
  const layout = panels(["came true", "predictions"], "predicted probability");
  return draw({
    traces: [
      perfect,
      ...models.map(curve),
      ...models.map(
        ({ name, counts }, index): Trace => ({
          type: "bar",
          name,
          legendgroup: name,
          showlegend: false,
          x: counts.map((_, bin) => (bin + 0.5) / bins),
          y: counts,
          yaxis: "y2",
          marker: fill(index),
        }),
      ),
    ],
    layout: {
      ...layout,
      title: { text: title ?? "Calibration" },
      xaxis: { ...layout.xaxis, range: [-0.02, 1.02] },
      yaxis: { ...layout.yaxis, range: [-0.04, 1.04], domain: [0.38, 1] },
      yaxis2: { ...(layout.yaxis2 as object), domain: [0, 0.26] },
      showlegend: true,
    },
    alt: `Calibration of ${count} predictions in ${bins} groups: ${models.map(({ name, error }) => `${name} is off by ${say(error)} on average`).join("; ")}.`,
  });
}

interface Groups {
  readonly name: string;
  readonly counts: readonly number[];
  /** Mean prediction and share that came true, of the groups that are not empty. */
  readonly predicted: readonly number[];
  readonly true: readonly number[];
  /** Expected calibration error: the mean distance between the two, weighted by size. */
  readonly error: number;
}

function grouped(name: string, labels: Numbers, values: Numbers, bins: number): Groups {
  const [label, probability] = labelsAndScores(name, labels, values);
  const outside = probability.find((each) => each < 0 || each > 1);
  if (outside !== undefined)
    throw new RangeError(
      `${name} must be probabilities between 0 and 1, but there is ${outside}.\nHint: pass logits through the sigmoid first.`,
    );
  const groupOf = (each: number) => Math.min(bins - 1, Math.floor(each * bins));
  const members = Array.from({ length: bins }, (_, bin) =>
    [...probability.keys()].filter((k) => groupOf(probability[k]!) === bin),
  ).filter((group) => group.length > 0);
  const mean = (group: readonly number[], of: readonly number[]) =>
    group.reduce((sum, k) => sum + of[k]!, 0) / group.length;
  const predicted = members.map((group) => mean(group, probability));
  const cameTrue = members.map((group) => mean(group, label));
  const error = members.reduce(
    (sum, group, k) => sum + (group.length / label.length) * Math.abs(predicted[k]! - cameTrue[k]!),
    0,
  );
  const counts = countsIn({ from: 0, width: 1 / bins, count: bins }, probability);
  return { name, counts, predicted, true: cameTrue, error };
}

const curve = ({ name, predicted, true: cameTrue, error }: Groups, index: number): Trace => ({
  type: "scatter",
  mode: "lines+markers",
  name: `${name} (off by ${say(Number(error.toPrecision(3)))})`,
  legendgroup: name,
  showlegend: true,
  x: predicted,
  y: cameTrue,
  line: stroke(index),
  marker: marker(index, 8),
  hovertemplate: `${name}<br>predicted %{x:.3f}<br>came true %{y:.3f}<extra></extra>`,
});

const perfect: Trace = {
  type: "scatter",
  mode: "lines",
  name: "perfect",
  x: [0, 1],
  y: [0, 1],
  line: { color: "#888", dash: "dot", width: 1.5 },
  hoverinfo: "skip",
};
