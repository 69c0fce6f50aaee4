import { ShapeError, type Tensor, type TensorLike, tensor, unwatched } from "../engine/index.ts";
import { sampled } from "./defineLoss.ts";
import { aligned, noNaN, place, sideBySide } from "./doors.ts";
import type {
  AnyLoss,
  CurveOptions,
  Facts,
  LossCurve,
  LossOptions,
  RowArgument,
  RowLoss,
} from "./Loss.ts";
import { reduced } from "./reduced.ts";
import { withFacts } from "./withFacts.ts";

/** What one writes down to make a loss of several numbers per sample. */
export interface RowLossFacts<Target extends number | readonly number[]> extends Facts {
  readonly argument: RowArgument;
  /** One target for each row: `"class"`, its number; `"number"`, any; `"row"`, as many as predicted. */
  readonly targets: "class" | "number" | "row";
  /** One loss for each row, in engine operations. */
  readonly value: (rows: Tensor, target: Tensor) => Tensor;
  /** The gradient by one row, by hand. */
  readonly gradient: (row: readonly number[], target: Target) => number[];
  /** The Hessian by one row, by hand. */
  readonly curvature: (row: readonly number[], target: Target) => number[][];
  /** A straight line of rows, along which the loss is drawn. */
  readonly line: {
    readonly row: (argument: number) => number[];
    readonly direction: readonly number[];
    readonly target: Target;
    readonly from: number;
    readonly to: number;
  };
  /** Checks beyond shapes; throws in the caller's words. */
  readonly check?: (rows: Tensor, target: Tensor) => void;
  /** What each row counts in a mean by itself, such as the weight of its class. Default 1. */
  readonly shares?: (rows: Tensor, target: Tensor) => Tensor | undefined;
}

/**
 * Makes a loss of rows from its facts: a row of logits, of pixels, an embedding. A single row may be
 * given without the outer axis.
 *
 * @example
 * const length = defineRowLoss({ name: "Squared length", argument: "embedding", targets: "row", formula: [{ value: "sum(z .* z)" }], parameters: {}, value: (z) => z.square().sum(-1), gradient: (z) => z.map((x) => 2 * x), curvature: (z) => z.map((_, i) => z.map((_, j) => (i === j ? 2 : 0))), convex: true, seams: [], steepest: Infinity, line: { row: (x) => [x], direction: [1], target: [0], from: -1, to: 1 }, source: "mine (2026)" });
 * length([[3, 4], [0, 1]], [[0, 0], [0, 0]])   // → 13
 */
export function defineRowLoss<Target extends number | readonly number[]>(
  facts: RowLossFacts<Target>,
  { reduction = "mean" }: LossOptions = {},
): RowLoss<Target> {
  const { name, value, check, shares } = facts;
  const compute = (...[prediction, target, weights]: Parameters<AnyLoss>) => {
    const { rows, wanted, single } = inRows(facts, prediction, target);
    unwatched(() => check?.(rows, wanted));
    const each = value(rows, wanted);
    const counted = weights === undefined ? undefined : sideBySide(rows, weights)[1].reshape([-1]);
    const result = reduced(name, each, reduction, counted, shares?.(rows, wanted));
    unwatched(() => noNaN(name, result, { prediction: rows, target: wanted }, each));
    return single && reduction === "none" ? result.reshape([]) : result;
  };
  return withFacts<RowLoss<Target>>(compute, {
    ...facts,
    curve: (options) => curve(facts, options),
  });
}

/** The prediction as a table, its targets in line, and whether it came as a single row. */
function inRows(
  { name, targets }: Pick<RowLossFacts<number>, "name" | "targets">,
  prediction: TensorLike,
  target: TensorLike,
) {
  const [given, wanted] = sideBySide(prediction, target);
  const single = given.shape.length === 1;
  const expected = targets === "row" ? given.shape : given.shape.slice(0, -1);
  if (given.size === 0) aligned(name, given, wanted);
  if (given.shape.length === 0 || given.shape.length > 2)
    throw new ShapeError(
      `${name} needs one row for each sample, but got a prediction of shape [${given.shape}].\nHint: [samples, ${rowWords[targets]}]; flatten further axes by reshape([n, -1]).`,
    );
  if (String(wanted.shape) !== String(expected))
    throw new ShapeError(
      `${name} needs targets of shape [${expected}] for a prediction of shape [${given.shape}], but got [${wanted.shape}].\n${hints[targets]}`,
    );
  const width = given.shape.at(-1)!;
  return {
    rows: given.reshape([-1, width]),
    wanted: targets === "row" ? wanted.reshape([-1, width]) : wanted.reshape([-1]),
    single,
  };
}

const rowWords = { class: "classes", number: "numbers", row: "numbers" } as const;
const hints = {
  class: "Hint: one class number for each row; for rows of shares use categoricalCrossEntropy.",
  number: "Hint: one number for each row.",
  row: "Hint: a target for each number predicted; class numbers become rows by oneHot(classes, count).",
} as const;

/** The loss along its line, as plain numbers. */
function curve<Target extends number | readonly number[]>(
  { line, value, gradient, curvature }: RowLossFacts<Target>,
  { from = line.from, to = line.to, points = 241 }: CurveOptions = {},
): LossCurve {
  const argument = sampled(from, to, points);
  const rows = argument.map(line.row);
  const along = (vector: readonly number[]) =>
    vector.reduce((sum, entry, i) => sum + entry * line.direction[i]!, 0);
  return {
    argument,
    value: rows.map((row) => value(tensor([row]), tensor([line.target])).data[0]!),
    gradient: rows.map((row) => along(gradient(row, line.target))),
    curvature: rows.map((row) => along(curvature(row, line.target).map(along))),
  };
}

/** Checks that classes are there. */
export function classesFit(name: string, rows: Tensor, target: Tensor, ignored?: number): void {
  const count = rows.shape.at(-1)!;
  const wrong = target.data.findIndex(
    (y) => y !== ignored && !(Number.isInteger(y) && y >= 0 && y < count),
  );
  if (wrong < 0) return;
  throw new RangeError(
    `${name} needs classes from 0 to ${count - 1}, but ${place("target", wrong, target)} is ${target.data[wrong]}.\nHint: the first class is 0; the last axis of the prediction has one entry for each class.`,
  );
}

/** Checks that every row of targets is a distribution. */
export function distributionsFit(name: string, target: Tensor): void {
  const width = target.shape.at(-1)!;
  const { data } = target;
  for (let from = 0; from < data.length; from += width) {
    let total = 0;
    for (let i = from; i < from + width; i++) {
      if (!(data[i]! >= 0))
        throw new RangeError(
          `${name} needs targets of at least 0, but ${place("target", i, target)} is ${data[i]}.\nHint: class numbers belong into sparseCategoricalCrossEntropy.`,
        );
      total += data[i]!;
    }
    if (Math.abs(total - 1) > 1e-6)
      throw new RangeError(
        `${name} needs rows of targets that add up to 1, but row ${from / width} (${width} entries) adds up to ${total}.\nHint: divide by the row's sum; several labels at once are a case for bceWithLogits.`,
      );
  }
}
