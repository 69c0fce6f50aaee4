import type { UnaryName } from "./formulas.ts";
import {
  binary,
  choose,
  converted,
  entrywise,
  type Pair,
  type PairName,
  unary,
} from "./kernels/elementwise.ts";
import { dotOf, piece } from "./kernels/reductions.ts";
import { sameShape } from "./shape.ts";
import { type DType, Tensor, type TensorLike } from "./Tensor.ts";
import { isTracked, type Pullbacks, record } from "./tape.ts";
import { isVariable, isWatching, stoodForNumber } from "./trace.ts";
import { asTensor } from "./values.ts";

/** Both operands as tensors; numbers and arrays take the kind of the tensor beside them. */
export function pair(left: TensorLike, right: TensorLike): Pair {
  if (!(left instanceof Tensor)) {
    const y = asTensor(right);
    return [asTensor(left, y.dtype), y];
  }
  if (!(right instanceof Tensor)) return [left, asTensor(right, left.dtype)];
  if (left.dtype === right.dtype) return [left, right];
  if (stoodForNumber(left)) return [narrowed(left, right.dtype), right];
  if (stoodForNumber(right)) return [left, narrowed(right, left.dtype)];
  return [left, right];
}

/** What stands for a number beside tensors of the other kind, converted once however often it is met. */
function narrowed(number: Tensor, dtype: DType): Tensor {
  const known = asMet.get(number);
  if (known?.dtype === dtype && isVariable(known.storage)) return known;
  const made = converted(number, dtype);
  asMet.set(number, made);
  return made;
}
const asMet = new WeakMap<Tensor, Tensor>();

/** An operation on two tensors, by its kernel and how a gradient of the result flows back to each of them. */
function operation(name: PairName, back: Pullbacks<Pair>) {
  const what = entrywise(name);
  return named(name, (left: TensorLike, right: TensorLike): Tensor => {
    const both = pair(left, right);
    return record(binary(what, both), both, back);
  });
}

/** A function that knows its name, as one that is declared does: pictures label their curves with it. */
const named = <F extends (...values: never) => Tensor>(name: string, f: F): F =>
  Object.defineProperty(f, "name", { value: name });

/**
 * left + right.
 *
 * @throws ShapeError when the shapes cannot be broadcast
 * @example
 * add([[1, 2], [3, 4]], [10, 20])   // → [[11, 22], [13, 24]]
 */
export const add = operation("add", [(g) => g, (g) => g]);

/**
 * left − right.
 *
 * @example
 * sub([3, 5], 1)   // → [2, 4]
 */
export const sub = operation("sub", [(g) => g, (g) => neg(g)]);

/**
 * left · right, entry by entry. For rows times columns see `matmul`.
 *
 * @example
 * mul([1, 2, 3], [4, 5, 6])   // → [4, 10, 18]
 */
export const mul = operation("mul", [
  (g, [x, y]) => flowing(g, y, x),
  (g, [x, y]) => flowing(g, x, y),
]);

/** g·y as it flows to x: summed in the same go where x is a single number, such as the slope of a line. */
function flowing(g: Tensor, y: Tensor, x: Tensor): Tensor {
  const isSummed = x.shape.length === 0 && g.shape.length > 0 && sameShape(g.shape, y.shape);
  const isOneKind = g.dtype === y.dtype && g.dtype === x.dtype;
  if (!isSummed || !isOneKind || g.size > piece || isWatching()) return mul(g, y);
  return record(dotOf(g, y), [g, y], dotBack);
}
const dotBack: Pullbacks<Pair> = [(h, [, y]) => mul(h, y), (h, [x]) => mul(h, x)];

/**
 * left / right. Division by zero gives ±Infinity or NaN as everywhere in floating point.
 *
 * @example
 * div([1, 2], 4)   // → [0.25, 0.5]
 */
export const div = operation("div", [
  (g, [, y]) => div(g, y),
  (g, [, y], quotient) => neg(div(mul(g, quotient), y)),
]);

/**
 * base to the power of exponent.
 *
 * @example
 * pow([1, 2, 3], 2)   // → [1, 4, 9]
 */
export const pow = operation("pow", [
  (g, [x, y]) => mul(g, mul(y, pow(x, lowered(y)))),
  (g, [x], power) => mul(g, mul(power, logOrZero(x))),
]);

/** y − 1; but for a fixed exponent 0 the slope is 0 even at base 0, where 0·0^(−1) would be NaN. */
const lowered = (y: Tensor): Tensor => sub(y, isTracked(y) ? 1 : notEqual(y, 0));

/** log x, but 0 at x = 0: there 0^y is flat in y. */
function logOrZero(x: Tensor): Tensor {
  const zero = equal(x, 0);
  return log(add(x, zero));
}

type Single = readonly [Tensor];

/** An operation on one tensor, by its kernel and its slope as a function of input and result. */
function elementary(name: UnaryName, slope: (x: Tensor, y: Tensor) => TensorLike) {
  return passing(name, [(g, [x], y) => mul(g, slope(x, y))]);
}

/** An operation on one tensor, by its kernel and how a gradient of the result flows back. */
function passing(name: UnaryName, back: Pullbacks<Single>) {
  const what = entrywise(name);
  return named(name, (value: TensorLike): Tensor => {
    const input: Single = [asTensor(value)];
    return record(unary(what, input), input, back);
  });
}

/** −x. */
export const neg = elementary("neg", () => -1);

/** x². */
export const square = passing("square", [(g, [x]) => squarePull(g, x)]);

/** g·2x in one go, since squares are what most first losses are made of. */
const squarePull = operation("squarePull", [
  (h, [, x]) => squarePull(h, x),
  (h, [g]) => mul(mul(h, g), 2),
]);

/** √x; NaN below zero. The slope at 0 is Infinity. */
export const sqrt = elementary("sqrt", (_, y) => div(0.5, y));

/** 1/x. */
export const reciprocal = elementary("reciprocal", (_, y) => neg(square(y)));

/** |x|. At the kink the slope is 0, the middle of its subgradients −1 … 1. */
export const abs = elementary("abs", (x) => sign(x));

/** −1, 0 or 1; flat wherever it is continuous. */
export const sign = elementary("sign", () => 0);

/** e^x. */
export const exp = elementary("exp", (_, y) => y);

/** e^x − 1 without losing the digits of a small x, nor of a slope far below 0, where y + 1 would be 0. */
export const expm1 = elementary("expm1", (x) => exp(x));

/** Natural logarithm; −Infinity at 0, NaN below. */
export const log = elementary("log", (x) => reciprocal(x));

/** log(1 + x) without losing the digits of a small x. */
export const log1p = elementary("log1p", (x) => reciprocal(add(x, 1)));

/** Sine of x in radians. */
export const sin = elementary("sin", (x) => cos(x));

/** Cosine of x in radians. */
export const cos = elementary("cos", (x) => neg(sin(x)));

/** Hyperbolic tangent: an S from −1 to 1. Its slope is 1 − tanh², as in PyTorch and JAX: known to 1e-16, and 0 from |x| = 19 on. */
export const tanh = passing("tanh", [(g, _, y) => tanhPull(g, y)]);

/** g·(1 − y²) in one go, since networks ask for little else. */
const tanhPull = operation("tanhPull", [
  (h, [, y]) => tanhPull(h, y),
  (h, [g, y]) => mul(mul(h, g), mul(y, -2)),
]);

/** 1 / (1 + e^(−x)): an S from 0 to 1, from logit to probability. Never overflows. */
export const sigmoid = elementary("sigmoid", (x) => mul(sigmoid(x), sigmoid(neg(x))));

/** log(1 + e^x): a smooth max(x, 0). Exact for large |x| of either sign. */
export const softplus = elementary("softplus", (x) => sigmoid(x));

/** log sigmoid(x), exact where sigmoid(x) would round to 0 or 1. */
export const logSigmoid = (value: TensorLike): Tensor => neg(softplus(neg(value)));

/** max(x, 0). The slope at 0 is 0. */
export const relu = elementary("relu", (x) => greater(x, 0));

/** Flat wherever it is continuous: nothing flows back. */
function comparison(name: PairName) {
  const what = entrywise(name);
  return named(
    name,
    (left: TensorLike, right: TensorLike): Tensor => binary(what, pair(left, right)),
  );
}

/** 1 where left = right, else 0. */
export const equal = comparison("equal");
/** 1 where left ≠ right, else 0. */
export const notEqual = comparison("notEqual");
/** 1 where left < right, else 0. */
export const less = comparison("less");
/** 1 where left ≤ right, else 0. */
export const lessEqual = comparison("lessEqual");
/** 1 where left > right, else 0. */
export const greater = comparison("greater");
/** 1 where left ≥ right, else 0. */
export const greaterEqual = comparison("greaterEqual");

/**
 * What rounding took from left − right, 0 in exact numbers: so flat, and to be added where the rest is small.
 *
 * @example
 * roundedOff([1], [1e-20])   // → [-1e-20]
 */
export const roundedOff = comparison("roundedOff");

/** The smaller of two, entry by entry. At a tie each side gets half of the gradient. */
export const minimum = operation("minimum", [
  (g, [x, y]) => mul(g, share(x, y)),
  (g, [x, y]) => mul(g, share(y, x)),
]);

/** The larger of two, entry by entry. At a tie each side gets half of the gradient. */
export const maximum = operation("maximum", [
  (g, [x, y]) => mul(g, share(y, x)),
  (g, [x, y]) => mul(g, share(x, y)),
]);

/** How much of the gradient the smaller one takes: 1, at a tie ½, else 0. */
const share = (x: Tensor, y: Tensor): Tensor => mul(0.5, add(less(x, y), lessEqual(x, y)));

/**
 * Limits x to low … high. The gradient passes where x was inside and stops where it was cut.
 *
 * @example
 * clamp([-3, 0.5, 3], -1, 1)   // → [-1, 0.5, 1]
 */
export function clamp(value: TensorLike, low: number, high: number): Tensor {
  const x = asTensor(value);
  if (!(low <= high)) {
    throw new RangeError(
      `clamp needs low ≤ high, but got low = ${low} and high = ${high}.\nHint: swap the two.`,
    );
  }
  const raised = binary(atLeast, [x, asTensor(low, x.dtype)]);
  const cut = binary(atMost, [raised, asTensor(high, x.dtype)]);
  return record(cut, [x], [(g) => mul(g, equal(cut, x))]);
}

const atLeast = entrywise("atLeast");
const atMost = entrywise("atMost");

/**
 * Takes from `yes` where the condition is not 0, else from `no`.
 * No gradient leaks from the side not taken, not even a NaN.
 *
 * @example
 * where(greater([1, -1], 0), 10, 20)   // → [10, 20]
 */
export function where(condition: TensorLike, yes: TensorLike, no: TensorLike): Tensor {
  const sides = pair(yes, no);
  const c = besides(asTensor(condition), sides);
  return record(choose(c, ...sides), sides, [(g) => where(c, g, 0), (g) => where(c, 0, g)]);
}

/** A condition only decides: it makes no float64 of two sides that are float32. */
function besides(condition: Tensor, [yes, no]: Pair): Tensor {
  const narrow = yes.dtype === "float32" && no.dtype === "float32";
  if (!narrow || condition.dtype === "float32") return condition;
  return converted(notEqual(condition, 0), "float32");
}
