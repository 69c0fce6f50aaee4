import { full, type Tensor, tensor, where } from "../engine/index.ts";
import { oneOf } from "../options.ts";
import {
  checkScores,
  lineOf,
  steepestOfSurprise,
  surpriseFormulas,
} from "./categoricalCrossEntropy.ts";
import { classesFit, defineRowLoss } from "./defineRowLoss.ts";
import { classWeightsFit, lossOptions, smoothingFits } from "./doors.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { bendOfSurprise, type Scores, slopeOfSurprise, surprises } from "./surprise.ts";

export interface SparseCategoricalCrossEntropyOptions extends LossOptions {
  /** What the rows of the prediction hold. Default `"logits"`. */
  readonly from?: Scores;
  /** Gives this share of every target to all classes alike, at least 0 and below 1. Default 0. */
  readonly labelSmoothing?: number;
  /** What each class counts; the mean divides by the weights of the targets, as in PyTorch. Default 1. */
  readonly classWeights?: readonly number[];
  /** A class number whose rows count nothing, such as padding. Default none. */
  readonly ignoreIndex?: number | undefined;
}

/**
 * Cross-entropy against class numbers: −log of the probability given to the right class.
 * The value of `categoricalCrossEntropy` with one-hot rows, without making them. Before any training
 * it should be about log(number of classes).
 *
 * @throws RangeError when a class is not there, or all rows are ignored
 *
 * @example
 * sparseCategoricalCrossEntropy()([[2, 0, 0], [0, 0, 0]], [0, 2])   // → 0.669078527445
 */
export function sparseCategoricalCrossEntropy(
  options: SparseCategoricalCrossEntropyOptions = {},
): RowLoss<number> {
  return ofClasses("sparseCategoricalCrossEntropy", "Sparse categorical cross-entropy", options);
}

/** The shared making of all cross-entropies against class numbers. */
export function ofClasses(
  name: string,
  title: string,
  options: SparseCategoricalCrossEntropyOptions,
): RowLoss<number> {
  const settings = lossOptions<Settings>(name, options, {
    from: "logits",
    labelSmoothing: 0,
    classWeights: [],
    ignoreIndex: undefined,
  });
  const { from, labelSmoothing: s, classWeights, ignoreIndex, reduction } = settings;
  oneOf("from", from, Object.keys(surpriseFormulas));
  smoothingFits(s);
  const weightOf = (c: number) => classWeights[c] ?? 1;
  const sharesOf = (row: readonly number[], y: number) =>
    row.map((_, c) =>
      y === ignoreIndex ? 0 : weightOf(c) * ((c === y ? 1 - s : 0) + s / row.length),
    );
  return defineRowLoss(
    {
      name: title,
      argument: from,
      targets: "class",
      formula: [{ value: formulaOf(settings) }],
      tex: String.raw`-${classWeights.length > 0 ? "w_y " : ""}\log q_y`,
      parameters: { ...(s > 0 && { s }), ...(classWeights.length > 0 && { w: classWeights }) },
      value: (rows, y) => classLosses(rows, y, settings),
      gradient: (row, y) => slopeOfSurprise(row, sharesOf(row, y), from),
      curvature: (row, y) => bendOfSurprise(row, sharesOf(row, y), from),
      convex: true,
      seams: [],
      steepest: steepestOfSurprise(from, classWeights),
      line: { ...lineOf(from, classWeights.length || 2), target: 0 },
      check: (rows, y) => {
        checkScores(name, rows, from);
        classWeightsFit(name, classWeights, rows);
        classesFit(name, rows, y, ignoreIndex);
        oneIsLeft(name, y, ignoreIndex);
      },
      shares: (rows, y) =>
        ignoreIndex === undefined && classWeights.length === 0
          ? undefined
          : sharesOfRows(rows, y, settings),
      source:
        "Bridle (1990), Probabilistic Interpretation of Feedforward Classification Network Outputs. doi:10.1007/978-3-642-76153-9_28",
    },
    { reduction },
  );
}

type Settings = Required<Omit<SparseCategoricalCrossEntropyOptions, "reduction">>;

function classLosses(rows: Tensor, y: Tensor, settings: Settings): Tensor {
  const { from, labelSmoothing: s, classWeights, ignoreIndex } = settings;
  const kept = ignoreIndex === undefined ? undefined : y.notEqual(ignoreIndex);
  const classes = kept === undefined ? y : where(kept, y, 0);
  const each = surprises(rows, from);
  const weighted = classWeights.length === 0 ? each : each.mul(classWeights);
  const right = weighted.pick(classes);
  const smooth =
    s === 0 ? right : right.mul(1 - s).add(weighted.sum(-1).mul(s / rows.shape.at(-1)!));
  return kept === undefined ? smooth : where(kept, smooth, 0);
}

/** What each row counts in the mean: the weight of its class, and nothing if ignored. */
function sharesOfRows(rows: Tensor, y: Tensor, { classWeights, ignoreIndex }: Settings): Tensor {
  const { dtype } = rows;
  const kept = ignoreIndex === undefined ? undefined : y.notEqual(ignoreIndex);
  const classes = kept === undefined ? y : where(kept, y, 0);
  const ofClass =
    classWeights.length === 0
      ? full([y.size], 1, dtype)
      : tensor(classWeights, { dtype }).gather(classes);
  return kept === undefined ? ofClass : where(kept, ofClass, 0);
}

function formulaOf({ from, labelSmoothing: s, classWeights }: Settings): string {
  const weighted = `${classWeights.length > 0 ? "w .* " : ""}${surpriseFormulas[from]}`;
  const right = `subset(${weighted}, index(y + 1))`;
  return s === 0 ? right : `(1 - s) * ${right} + s * mean(${weighted})`;
}

function oneIsLeft(name: string, y: Tensor, ignoreIndex: number | undefined): void {
  if (ignoreIndex === undefined || y.data.some((target) => target !== ignoreIndex)) return;
  throw new RangeError(
    `${name} needs one row that counts, but every target is the ignored ${ignoreIndex}.\nHint: skip such a batch, or take larger ones.`,
  );
}
