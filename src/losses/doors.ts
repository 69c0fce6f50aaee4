import { type Shape, ShapeError, Tensor, type TensorLike, tensor } from "../engine/index.ts";
import { completed, inWords, knownOptions, oneOf } from "../options.ts";
import type { LossOptions, Reduction, Targets } from "./Loss.ts";

/**
 * A loss's options completed by their defaults, and checked at the door: whether they are options at
 * all, and whether each has a name that the loss knows.
 */
export function lossOptions<T extends object>(
  name: string,
  options: Partial<T> & LossOptions,
  defaults: T & Partial<LossOptions>,
): T & Required<LossOptions> {
  if (typeof options !== "object" || options === null || isData(options))
    throw new TypeError(
      `${name} makes a loss from its options, but it was given ${inWords(options)}.\nHint: ${name}()(prediction, target).`,
    );
  const all = { reduction: "mean" as Reduction, ...defaults };
  knownOptions(name, options, Object.keys(all).sort());
  const whole = completed(options, all);
  oneOf("reduction", whole.reduction, ["mean", "sum", "none"]);
  return whole;
}

const isData = (value: object): boolean =>
  value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value);

/** Predictions and targets as tensors; numbers and arrays take the kind of the tensor beside them. */
export function sideBySide(prediction: TensorLike, target: TensorLike): [Tensor, Tensor] {
  const beside = [prediction, target].find((each) => each instanceof Tensor);
  const alike = (value: TensorLike): Tensor =>
    beside !== undefined && (typeof value === "number" || Array.isArray(value))
      ? tensor(value, { dtype: beside.dtype })
      : tensor(value);
  return [alike(prediction), alike(target)];
}

/**
 * Lets pass what can only be meant one way: equal shapes, or a single number on one side.
 * Anything else that an operation would broadcast is refused.
 */
export function aligned(name: string, prediction: Tensor, target: Tensor): void {
  const [left, right] = [prediction.shape, target.shape];
  if (prediction.size === 0 || target.size === 0)
    throw new RangeError(
      `${name} needs at least one sample, but got prediction [${left}] and target [${right}].\nHint: the mean of no losses does not exist; check how the batch was cut.`,
    );
  if (left.length === 0 || right.length === 0 || sameShape(left, right)) return;
  throw new ShapeError(
    `${name} needs prediction and target of the same shape, but got [${left}] and [${right}]${whereTheyDiffer(left, right)}.\n${hintFor(prediction, target)}`,
  );
}

const sameShape = (left: Shape, right: Shape): boolean =>
  left.length === right.length && left.every((length, axis) => length === right[axis]);

function whereTheyDiffer(left: Shape, right: Shape): string {
  if (left.length !== right.length)
    return `: ${counted(left.length, "axis", "axes")} against ${right.length}`;
  const axis = left.findIndex((length, i) => length !== right[i]);
  return `: they differ on axis ${axis}, ${left[axis]} against ${right[axis]}`;
}

const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

function hintFor({ size: n, shape: left }: Tensor, { size, shape: right }: Tensor): string {
  if (n !== size) return "Hint: one target for each prediction; print both .shape values.";
  const pairs = pairsOf(left, right);
  if (pairs === undefined && String(left) === String(right.toReversed()))
    return "Hint: rows and columns are swapped: prediction.transpose().";
  const danger =
    pairs === undefined
      ? ""
      : `Broadcasting them would compare predictions and targets in ${pairs} pairs instead of ${n}, without an error.\n`;
  return `${danger}Hint: prediction.reshape([${right}]), or target.reshape([${left}]).`;
}

/** How many pairs broadcasting would make of two shapes; undefined where it cannot. */
function pairsOf(left: Shape, right: Shape): number | undefined {
  let pairs = 1;
  for (let axis = 1; axis <= Math.max(left.length, right.length); axis++) {
    const [a, b] = [left.at(-axis) ?? 1, right.at(-axis) ?? 1];
    if (a !== b && a !== 1 && b !== 1) return undefined;
    pairs *= Math.max(a, b);
  }
  return pairs;
}

/** Where an entry stands, as one would point at it. */
export function place(name: string, index: number, { shape }: Pick<Tensor, "shape">): string {
  if (shape.length === 0) return name;
  if (shape.length === 1) return `${name}[${index}]`;
  const column = index % shape.at(-1)!;
  const row = Math.floor(index / shape.at(-1)!);
  return `${name} in row ${row}, column ${column}`;
}

/** Names what made a loss NaN, if it is. */
export function noNaN(
  loss: string,
  result: Tensor,
  tensors: Readonly<Record<string, Tensor>>,
  each: Tensor,
): void {
  if (!result.data.some(Number.isNaN)) return;
  for (const [name, data] of Object.entries(tensors)) {
    const index = data.data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0)
      throw new RangeError(
        `${loss} is NaN, since ${place(name, index, data)} is ${data.data[index]}.\nHint: find out where it came from; every number that it touches is lost too.`,
      );
  }
  const index = each.data.findIndex((value) => Number.isNaN(value));
  throw new RangeError(
    `${loss} is NaN for ${place("sample", Math.max(0, index), each)}, though prediction and target are finite: numbers this large overflow.\nHint: scale the data, or lower the learning rate.`,
  );
}

const rules: Record<Targets, { fits: (y: number) => boolean; words: string; hint: string }> = {
  numbers: { fits: () => true, words: "", hint: "" },
  signs: {
    fits: (y) => y === 1 || y === -1,
    words: "-1 or 1",
    hint: "Hint: with labels 0 and 1 use target.mul(2).sub(1); a margin of 0 · score would be 0 whatever the score.",
  },
  bits: {
    fits: (y) => y === 0 || y === 1,
    words: "0 or 1",
    hint: "Hint: with labels -1 and 1 use target.add(1).div(2).",
  },
  shares: {
    fits: (y) => y >= 0 && y <= 1,
    words: "from 0 to 1",
    hint: "Hint: with labels -1 and 1 use target.add(1).div(2).",
  },
  counts: {
    fits: (y) => Number.isInteger(y) && y >= 0,
    words: "0, 1, 2, …",
    hint: "Hint: these are counts; for amounts with fractions use mse or gaussianNll.",
  },
  amounts: {
    fits: (y) => y >= 0,
    words: "of at least 0",
    hint: "Hint: its logarithm is of amounts; for numbers of both signs use mse or huber.",
  },
};

/** Checks labels once per tensor: a tensor never changes, so a training loop pays only in its first step. */
export function targetsFit(name: string, target: Tensor, targets: Targets): void {
  if (targets === "numbers" || known.get(target) === targets) return;
  const { fits, words, hint } = rules[targets];
  const wrong = target.data.findIndex((y) => !fits(y));
  if (wrong < 0) {
    known.set(target, targets);
    return;
  }
  throw new RangeError(
    `${name} needs targets ${words}, but ${place("target", wrong, target)} is ${target.data[wrong]}.\n${hint}`,
  );
}

const known = new WeakMap<Tensor, Targets>();

/** Checks that predictions are probabilities. */
export function probabilitiesFit(name: string, prediction: Tensor, hint: string): void {
  const wrong = prediction.data.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong < 0) return;
  throw new RangeError(
    `${name} needs probabilities from 0 to 1, but ${place("prediction", wrong, prediction)} is ${prediction.data[wrong]}.\n${hint}`,
  );
}

/** Checks that predicted rates are not negative. */
export function ratesFit(name: string, prediction: Tensor): void {
  const wrong = prediction.data.findIndex((rate) => !(rate >= 0));
  if (wrong < 0) return;
  throw new RangeError(
    `${name} needs rates of at least 0, but ${place("prediction", wrong, prediction)} is ${prediction.data[wrong]}.\nHint: predict the logarithm of the rate, which may be any number.`,
  );
}

/** Checks that predicted amounts are not negative. */
export function amountsFit(name: string, prediction: Tensor): void {
  const wrong = prediction.data.findIndex((amount) => !(amount >= 0));
  if (wrong < 0) return;
  throw new RangeError(
    `${name} needs amounts of at least 0, but ${place("prediction", wrong, prediction)} is ${prediction.data[wrong]}.\nHint: end the model in softplus, or predict log(1 + amount) and compare it by mse with target.log1p().`,
  );
}

/** Checks that distances are some. */
export function distancesFit(name: string, prediction: Tensor): void {
  const wrong = prediction.data.findIndex((distance) => !(distance >= 0));
  if (wrong < 0) return;
  throw new RangeError(
    `${name} needs distances of at least 0, but ${place("prediction", wrong, prediction)} is ${prediction.data[wrong]}.\nHint: rowDistance(left, right) measures those of two tables of embeddings.`,
  );
}

/** Checks a label smoothing. */
export function smoothingFits(labelSmoothing: number): void {
  if (labelSmoothing >= 0 && labelSmoothing < 1) return;
  throw new RangeError(
    `labelSmoothing must be at least 0 and below 1, but it is ${labelSmoothing}.\nHint: 0.1 is usual; 1 would leave nothing of the labels.`,
  );
}

/** Checks weights of classes against the classes there are. */
export function classWeightsFit(name: string, weights: readonly number[], rows: Tensor): void {
  const count = rows.shape.at(-1)!;
  if (weights.length === 0) return;
  if (weights.length !== count)
    throw new RangeError(
      `${name} needs one weight for each of the ${count} classes, but classWeights has ${weights.length}.\nHint: weights of samples are the third argument of the loss.`,
    );
  const wrong = weights.findIndex((w) => !(w >= 0 && w < Infinity));
  if (wrong < 0) return;
  throw new RangeError(
    `${name} needs weights of at least 0, but classWeights[${wrong}] is ${weights[wrong]}.\nHint: 0 leaves a class out.`,
  );
}

/** Checks that targets lie in 0 … 1. */
export const sharesFit = (name: string, target: Tensor): void => targetsFit(name, target, "shares");
