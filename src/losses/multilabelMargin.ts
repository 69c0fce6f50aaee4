import { roundedOff, type Tensor, where } from "../engine/index.ts";
import { positive } from "../options.ts";
import { defineRowLoss } from "./defineRowLoss.ts";
import { lossOptions, targetsFit } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";

export interface MultilabelMarginOptions extends LossOptions {
  /** How far every label that holds should lead every one that does not. Default 1, as in PyTorch. */
  readonly margin?: number;
}

/**
 * Multilabel margin: of several labels that may hold at once, each that does should lead each that does not.
 * It sorts the labels of a sample into two groups and says nothing of where the line between them is; where each
 * label is to be decided for itself, `bceWithLogits` does that. A sample with all labels or none costs nothing.
 * Targets are rows of 0 and 1; PyTorch takes the numbers of the labels that hold, filled up with −1. The sum over
 * the pairs is divided by the number of labels, as there; `derive` cannot read it.
 *
 * @throws RangeError when a target is neither 0 nor 1 or the margin is not positive
 *
 * @example
 * multilabelMargin()([[0.1, 0.2, 0.4, 0.8]], [[1, 0, 0, 1]])   // → 0.85
 */
export function multilabelMargin(
  options: MultilabelMarginOptions = {},
): RowLoss<readonly number[]> {
  const { margin, reduction } = lossOptions("multilabelMargin", options, { margin: 1 });
  positive("margin", margin);
  return defineRowLoss(
    {
      name: "Multilabel margin",
      argument: "logits",
      targets: "row",
      formula: [
        {
          value:
            "sum(t .* map(z, f(x) = sum((1 - t) .* map(c - x + z, g(u) = max(u, 0))))) / size(z)[1]",
        },
      ],
      tex: String.raw`\frac1C \sum_{t_j = 1} \sum_{t_i = 0} \max(0, c - z_j + z_i)`,
      parameters: { c: margin },
      value: (rows, t) => overlaps(rows, t, margin),
      gradient: (row, t) => slope(row, t, margin),
      curvature: (row) => row.map(() => row.map(() => 0)),
      convex: true,
      seams: [],
      steepest: Infinity,
      line: { row: (z) => [z, 0], direction: [1, 0], target: [1, 0], from: -3, to: 3 },
      check: (_, t) => targetsFit("multilabelMargin", t, "bits"),
      source:
        "Elisseeff & Weston (2001), A Kernel Method for Multi-Labelled Classification. NIPS 14",
    },
    { reduction },
  );
}

/** The mean by which labels that do not hold come too near to those that do, or lead them. */
function overlaps(rows: Tensor, t: Tensor, margin: number): Tensor {
  const [n, count] = [rows.shape[0]!, rows.shape[1]!];
  const [holds, others] = [rows.reshape([n, count, 1]), rows.reshape([n, 1, count])];
  // What the first difference lost counts where the margin takes most of it away.
  const lead = others.sub(holds).add(margin).add(roundedOff(others, holds)).relu();
  const isPair = t.reshape([n, count, 1]).mul(t.neg().add(1).reshape([n, 1, count]));
  return where(isPair, lead, 0)
    .reshape([n, count * count])
    .sum(-1)
    .div(count);
}

/** Each pair that overlaps pulls its two labels apart. */
function slope(row: readonly number[], t: readonly number[], margin: number): number[] {
  const overlap = (j: number, i: number) => t[j] === 1 && t[i] === 0 && row[i]! - row[j]! > -margin;
  const pulls = row.map((_, label) =>
    row.reduce(
      (sum, _, other) => sum + Number(overlap(other, label)) - Number(overlap(label, other)),
      0,
    ),
  );
  return pulls.map((pull) => pull / row.length);
}
