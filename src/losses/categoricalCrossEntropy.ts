import type { Tensor } from "../engine/index.ts";
import { oneOf } from "../options.ts";
import { defineRowLoss, distributionsFit } from "./defineRowLoss.ts";
import { classWeightsFit, lossOptions, place, probabilitiesFit, smoothingFits } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { bendOfSurprise, expectedSurprise, type Scores, slopeOfSurprise } from "./surprise.ts";

export interface CategoricalCrossEntropyOptions extends LossOptions {
  /** What the rows of the prediction hold. Default `"logits"`. */
  readonly from?: Scores;
  /** Draws targets this far towards equal shares, at least 0 and below 1. Default 0. */
  readonly labelSmoothing?: number;
  /** What each class counts. Default 1 for all. The mean divides by the number of rows, as in PyTorch. */
  readonly classWeights?: readonly number[];
}

/**
 * Categorical cross-entropy against rows of shares (one-hot or soft): −Σ t·log q.
 * Its gradient by the logits is q − t. Its least value is the entropy of the targets, not 0: of that
 * it differs by the Kullback–Leibler divergence. Some texts sum over the samples; this one averages.
 *
 * @throws RangeError when a row of targets does not add up to 1, or a probability is outside 0 … 1
 *
 * @example
 * categoricalCrossEntropy()([[2, 0, 0]], [[1, 0, 0]])                    // → 0.239544766222
 * categoricalCrossEntropy({ from: "probabilities" })([0.9, 0.1], [0.9, 0.1])   // → 0.325082973392
 */
export function categoricalCrossEntropy(
  options: CategoricalCrossEntropyOptions = {},
): RowLoss<readonly number[]> {
  const name = "categoricalCrossEntropy";
  const { from, labelSmoothing, classWeights, reduction } = lossOptions<Settings>(name, options, {
    from: "logits",
    labelSmoothing: 0,
    classWeights: [],
  });
  oneOf("from", from, Object.keys(surpriseFormulas));
  smoothingFits(labelSmoothing);
  const s = labelSmoothing;
  const weigh = (t: readonly number[]) =>
    t.map((share, c) => (classWeights[c] ?? 1) * (share * (1 - s) + s / t.length));
  const line = lineOf(from, classWeights.length || 2);
  return defineRowLoss(
    {
      name: "Categorical cross-entropy",
      argument: from,
      targets: "row",
      formula: [{ value: crossEntropyFormula(from, s, classWeights.length > 0) }],
      tex: String.raw`-\sum_c ${classWeights.length > 0 ? "w_c " : ""}t_c \log q_c`,
      parameters: { ...(s > 0 && { s }), ...(classWeights.length > 0 && { w: classWeights }) },
      value: (rows, t) => {
        const width = rows.shape.at(-1)!;
        const smooth = s === 0 ? t : t.mul(1 - s).add(s / width);
        const shares = classWeights.length === 0 ? smooth : smooth.mul(classWeights);
        return expectedSurprise(rows, shares, from);
      },
      gradient: (row, t) => slopeOfSurprise(row, weigh(t), from),
      curvature: (row, t) => bendOfSurprise(row, weigh(t), from),
      convex: true,
      seams: [],
      steepest: steepestOfSurprise(from, classWeights),
      line: { ...line, target: line.direction.map((_, c) => Number(c === 0)) },
      check: (rows, t) => {
        checkScores(name, rows, from);
        classWeightsFit(name, classWeights, rows);
        distributionsFit(name, t);
      },
      source:
        "Bridle (1990), Probabilistic Interpretation of Feedforward Classification Network Outputs. doi:10.1007/978-3-642-76153-9_28",
    },
    { reduction },
  );
}

type Settings = Required<Omit<CategoricalCrossEntropyOptions, "reduction">>;

/** −log q of all classes, from a row of scores z. */
export const surpriseFormulas: Record<Scores, string> = {
  logits: "(log(sum(e .^ z)) - z)",
  probabilities: "(-map(z, f(q) = log(q)))",
  "log-probabilities": "(-z)",
};

function crossEntropyFormula(from: Scores, s: number, weighted: boolean): string {
  const t = s > 0 ? "(t * (1 - s) + s / size(t)[1])" : "t";
  return `sum(${weighted ? "w .* " : ""}${t} .* ${surpriseFormulas[from]})`;
}

/** The row from which the loss is drawn: as it comes, the first class is right. */
export function lineOf(from: Scores, classes = 2) {
  const others = (value: number) => new Array<number>(classes - 1).fill(value);
  const direction = [1, ...others(from === "probabilities" ? -1 / (classes - 1) : 0)];
  if (from === "probabilities") {
    const row = (p: number) => [p, ...others((1 - p) / (classes - 1))];
    return { row, direction, from: 0.001, to: 0.999 };
  }
  const row = (z: number) => [z, ...others(from === "logits" ? 0 : -1)];
  return { row, direction, from: -6, to: from === "logits" ? 6 : 0 };
}

/** ‖q − t‖ is at most √2; a log-probability pulls with its weight. */
export function steepestOfSurprise(from: Scores, classWeights: readonly number[]): number {
  const heaviest = Math.max(1, ...classWeights);
  if (from === "probabilities") return Infinity;
  return heaviest * (from === "logits" ? Math.SQRT2 : 1);
}

/** Checks what scores promise to be. */
export function checkScores(name: string, rows: Tensor, from: Scores): void {
  if (from === "probabilities")
    probabilitiesFit(
      name,
      rows,
      `Hint: for raw scores leave the option from: "probabilities" out.`,
    );
  if (from !== "log-probabilities") return;
  const wrong = rows.data.findIndex((logarithm) => !(logarithm <= 1e-9));
  if (wrong >= 0)
    throw new RangeError(
      `${name} needs logarithms of probabilities, at most 0, but ${place("prediction", wrong, rows)} is ${rows.data[wrong]}.\nHint: logSoftmax(scores), or for raw scores from: "logits".`,
    );
}
