import {
  type Flattened,
  flatten,
  type Tensor,
  type TensorLike,
  type TensorsOf,
  tensor,
} from "../engine/index.ts";
import type { Model } from "../models/index.ts";
import type { Batch } from "./samples.ts";
import { compiledSlope, plainSlope, type Slope } from "./slope.ts";
import type { Comparison } from "./TrainOptions.ts";

/** The cost of parameters on some samples; the seed is another for each step and serves dropout. */
export type Cost<P> = (parameters: TensorsOf<P>, x: Tensor, y: Tensor, seed?: number) => TensorLike;

/** A cost over a flat list of parameters, as optimizers take them. */
export interface Objective {
  /** The structure of the parameters; only the cost knows it, so here it goes by one tensor. */
  readonly flat: Flattened<Tensor>;
  readonly cost: (parameters: Tensor, ...rest: readonly unknown[]) => TensorLike;
  readonly slope: Slope;
  /** Why the slope is not compiled, if it is not. */
  readonly obstacle: () => string | undefined;
  /** The cost on a batch as a trained model has it: nothing is dropped. */
  value(values: Float64Array, batch: Batch): number;
}

/** A cost whose parameters go by one tensor: their structure is the caller's business. */
export type AnyCost = Objective["cost"];

/** The cost that a model has by a loss, which is told the weights of the samples if they have some. */
export function costOf(model: Model<Tensor>, loss: Comparison): AnyCost {
  return (parameters, x, y, seed, weights) => {
    const options = seed === undefined ? {} : { seed: seed as number };
    const prediction = model(parameters, x as Tensor, options);
    if (weights === undefined) return loss(prediction, y as Tensor);
    // Beside a table, a column: each weight counts its whole row.
    const column = prediction.shape.map((_, axis) => (axis === 0 ? -1 : 1));
    return loss(prediction, y as Tensor, (weights as Tensor).reshape(column));
  };
}

/**
 * Samples times parameters up to which all that is computed on the way is held at once. All layers together have no
 * more units than parameters, so an operation in each of them gives no more than so many numbers: 64 MiB.
 */
const mostHeld = 2 ** 23;

/** @param obstacle why the cost must run as it is in every step, if it must */
export function objectiveOf(cost: AnyCost, parameters: Tensor, obstacle?: string): Objective {
  const flat = flatten(parameters);
  const slope =
    obstacle === undefined
      ? compiledSlope(cost, flat)
      : { slope: plainSlope(cost, flat), obstacle: () => obstacle };
  const costOn = (p: Tensor, { x, y, weights }: Batch) =>
    tensor(cost(p, x, y, undefined, weights)).item();
  return {
    flat,
    cost,
    ...slope,
    // A cost that can be repeated keeps nothing of what it computes on the way, so none of it is brought home.
    value: (values, batch) =>
      slope.obstacle() === undefined && batch.count * values.length <= mostHeld
        ? flat.lend(values, (p) => costOn(p, batch))
        : costOn(flat.tensors(values), batch),
  };
}
