import { knownOptions } from "../options.ts";
import {
  add,
  div,
  equal,
  exp,
  log,
  log1p,
  maximum,
  mul,
  notEqual,
  roundedOff,
  sub,
  where,
} from "./arithmetic.ts";
import { meanOf, sharedOut } from "./kernels/means.ts";
import { type ReductionName, reduceMiddle } from "./kernels/reductions.ts";
import { reshape, spreadTo } from "./layout.ts";
import { arange } from "./makers.ts";
import { axisOf, type Shape, sizeOf } from "./shape.ts";
import type { Tensor, TensorLike } from "./Tensor.ts";
import { type Pullbacks, record, unrecorded } from "./tape.ts";
import { asTensor } from "./values.ts";

/** Which axis to fold (default: all of them), and whether it stays as an axis of length 1. */
export interface ReduceOptions {
  readonly axis?: number;
  /** Default false. */
  readonly keepDims?: boolean;
}
type Along = number | ReduceOptions | undefined;

/** A fold along one axis or all: the shape with the axis kept as 1, and the one to hand out. */
interface Fold {
  readonly outer: number;
  readonly length: number;
  readonly kept: Shape;
  readonly shape: Shape;
}

function foldOf(operation: string, x: Tensor, along: Along): Fold {
  if (typeof along === "object") knownOptions(operation, along, ["axis", "keepDims"]);
  const { axis, keepDims = false } = typeof along === "number" ? { axis: along } : (along ?? {});
  if (axis === undefined) {
    const kept = x.shape.map(() => 1);
    return { outer: 1, length: x.size, kept, shape: keepDims ? kept : [] };
  }
  const at = axisOf(operation, axis, x.shape);
  const kept = x.shape.map((length, i) => (i === at ? 1 : length));
  const shape = keepDims ? kept : x.shape.filter((_, i) => i !== at);
  return { outer: sizeOf(x.shape.slice(0, at)), length: x.shape[at]!, kept, shape };
}

function folded(name: ReductionName, x: Tensor, { outer, length, shape }: Fold): Tensor {
  return reduceMiddle(name, x, outer, length, shape);
}

/**
 * Adds up all entries, or those along one axis.
 *
 * @example
 * sum([[1, 2], [3, 4]])                             // → 10
 * sum([[1, 2], [3, 4]], 0)                          // → [4, 6]
 * sum([[1, 2], [3, 4]], { axis: 1, keepDims: true })   // → [[3], [7]]
 */
export function sum(value: TensorLike, along?: Along): Tensor {
  const input = [asTensor(value)] as const;
  const [x] = input;
  if (along === undefined) return record(reduceMiddle("sum", x, 1, x.size, []), input, totalBack);
  const fold = foldOf("sum", x, along);
  return record(folded("sum", x, fold), input, [(g) => spreadTo(reshape(g, fold.kept), x.shape)]);
}
const totalBack: Pullbacks<readonly [Tensor]> = [(g, [x]) => spreadTo(g, x.shape)];

/**
 * The average of all entries, or of those along one axis. Of nothing it is NaN.
 *
 * @example
 * mean([1, 2, 3, 4])   // → 2.5
 */
export function mean(value: TensorLike, along?: Along): Tensor {
  const input = [asTensor(value)] as const;
  const [x] = input;
  if (along !== undefined) return div(sum(x, along), foldOf("mean", x, along).length);
  return record(meanOf(x), input, meanBack);
}
const meanBack: Pullbacks<readonly [Tensor]> = [
  (g, [x]) => record(sharedOut(g, x.shape), [g], sharedBack),
];
const sharedBack: Pullbacks<readonly [Tensor]> = [(h) => mean(h)];

function extreme(name: "max" | "min") {
  return (value: TensorLike, along?: Along): Tensor => {
    const x = asTensor(value);
    const fold = foldOf(name, x, along);
    if (fold.length === 0) throw emptyFold(name, x.shape);
    const y = folded(name, x, fold);
    const pull = (g: Tensor): Tensor => {
      const winners = equal(x, reshape(y, fold.kept));
      return mul(reshape(div(g, sum(winners, along)), fold.kept), winners);
    };
    return record(y, [x], [pull]);
  };
}

function emptyFold(name: string, shape: Shape): RangeError {
  return new RangeError(
    `${name} needs at least one number, but shape [${shape}] leaves nothing to compare.\n` +
      `Hint: check that the data is not empty.`,
  );
}

/** The largest entry, of all or along one axis. Ties share the gradient evenly. NaN wins. */
export const max = extreme("max");

/** The smallest entry, of all or along one axis. Ties share the gradient evenly. NaN wins. */
export const min = extreme("min");

/** Where an extreme first stands. It jumps, so nothing flows back. */
function placeOf(operation: string, best: ReturnType<typeof extreme>) {
  return (value: TensorLike, axis?: number): Tensor =>
    unrecorded(() => {
      const x = asTensor(value);
      if (axis === undefined && x.shape.length !== 1)
        return placeOf(operation, best)(reshape(x, [x.size]), 0);
      const at = axisOf(operation, axis ?? 0, x.shape);
      const length = x.shape[at]!;
      const along = x.shape.map((_, i) => (i === at ? length : 1));
      // Only NaN differs from itself, and it wins as in max and min.
      const winners = maximum(equal(x, best(x, { axis: at, keepDims: true })), notEqual(x, x));
      return min(where(winners, reshape(arange(length), along), length), at);
    });
}

/**
 * The index of the largest entry, of all in one row or along one axis; of equal ones the first. From scores of
 * classes to the class: `scores.argMax(-1)`. NaN wins. It jumps, so its derivative is 0.
 *
 * @throws RangeError when there is nothing to compare
 * @example
 * argMax([[0.1, 0.7, 0.2], [0.5, 0.5, 0]], -1)   // → [1, 0]
 * argMax([3, 1, 4])                              // → 2
 */
export const argMax = placeOf("argMax", max);

/**
 * The index of the smallest entry, of all in one row or along one axis; of equal ones the first. NaN wins.
 *
 * @throws RangeError when there is nothing to compare
 * @example
 * argMin([[3, 1, 2], [5, 5, 6]], -1)   // → [1, 0]
 */
export const argMin = placeOf("argMin", min);

/** The largest entry as a constant that keeps its axis; 0 where it is infinite, so that x − m stays a number. */
function shift(x: Tensor, fold: Fold): Tensor {
  const top = folded("max", x, { ...fold, shape: fold.kept });
  return where(equal(sub(top, top), 0), top, 0);
}

/**
 * log Σ e^x without overflow: a smooth maximum.
 *
 * @example
 * logSumExp([1000, 1000])   // → 1000.6931471805599
 */
export function logSumExp(value: TensorLike, along?: Along): Tensor {
  const x = asTensor(value);
  const fold = foldOf("logSumExp", x, along);
  const top = shift(x, fold);
  return add(log(sum(power(sub(x, top), x, top), along)), reshape(top, fold.shape));
}

/**
 * e^x scaled to add up to 1 along an axis (the last one unless said otherwise): from logits to probabilities.
 *
 * @example
 * softmax([1000, 1000])   // → [0.5, 0.5]
 */
export function softmax(value: TensorLike, axis = -1): Tensor {
  const x = asTensor(value);
  const along: Line = { axis, keepDims: true };
  const { share, rest } = sharesOf(x, along);
  const pull = (g: Tensor): Tensor => {
    const weighted = mul(share, g);
    return mul(share, sub(mul(g, rest), sub(sum(weighted, along), weighted)));
  };
  return record(
    unrecorded(() => add(share, 0)),
    [x],
    [pull],
  );
}

/**
 * log softmax(x), to the last digit both where softmax(x) would round to 0 and where it would round to 1: with
 * x₁ the largest entry, log Σ e^x = x₁ + log(1 + Σ e^(x − x₁)) over the others, and no term is negative.
 *
 * @example
 * logSoftmax([0, 1000])   // → [-1000, 0]
 */
export function logSoftmax(value: TensorLike, axis = -1): Tensor {
  const x = asTensor(value);
  const along: Line = { axis, keepDims: true };
  const { gap, others, share, rest } = sharesOf(x, along);
  const result = unrecorded(() => sub(gap, log1p(others)));
  return record(result, [x], [(g) => sub(mul(g, rest), mul(share, sub(sum(g, along), g)))]);
}

/**
 * What softmax is made of: how far each entry lies below the largest, the sum of e to that over all others, each
 * share q, and 1 − q, which of the class that leads is the share of the others and not rounded to 0.
 * Of equal largest ones the first is taken, so that the second derivative is right at a tie.
 */
function sharesOf(x: Tensor, along: Line) {
  const chosen = firstLargest(x, along);
  const top = sum(where(chosen, x, 0), along);
  const gap = where(chosen, 0, sub(x, top));
  const powers = where(chosen, 0, power(gap, x, top));
  const others = sum(powers, along);
  const total = add(others, 1);
  const share = div(where(chosen, 1, powers), total);
  const rest = div(where(chosen, others, sub(total, powers)), total);
  return { gap, others, share, rest };
}

interface Line {
  readonly axis: number;
  readonly keepDims: true;
}

/** Marks the first of the largest entries. */
function firstLargest(x: Tensor, along: Line): Tensor {
  const axis = axisOf("softmax", along.axis, x.shape);
  const line = x.shape.map((length, i) => (i === axis ? length : 1));
  const positions = reshape(arange(x.shape[axis]!), line);
  const largest = equal(x, max(x, along));
  return equal(positions, min(where(largest, positions, Infinity), along));
}

/** e^(x − top), with what rounding took from the difference: of a large one it would be many digits of the power. */
const power = (gap: Tensor, x: Tensor, top: Tensor): Tensor =>
  mul(exp(gap), add(roundedOff(x, top), 1));
