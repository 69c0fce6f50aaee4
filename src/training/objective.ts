import {
  type Flattened,
  flatten,
  type Tensor,
  type TensorLike,
  type TensorsOf,
  tensor,
  valueAndGrad,
} from "../engine/index.ts";
import type { Model } from "../models/index.ts";
import type { Batch } from "./samples.ts";
import type { Comparison } from "./TrainOptions.ts";

/** The cost of parameters on some samples; the seed is another for each step and serves dropout. */
export type Cost<P> = (parameters: TensorsOf<P>, x: Tensor, y: Tensor, seed?: number) => TensorLike;

/** A cost over a flat list of parameters, as optimizers take them. */
export interface Objective {
  /** The structure of the parameters; only the cost knows it, so here it goes by one tensor. */
  readonly flat: Flattened<Tensor>;
  readonly cost: (parameters: Tensor, ...rest: readonly unknown[]) => TensorLike;
  /** The cost on a batch; its gradient is written into `gradient`. */
  slope(values: Float64Array, batch: Batch, seed: number, gradient: Float64Array): number;
  /** The cost on a batch as a trained model has it: nothing is dropped. */
  value(values: Float64Array, batch: Batch): number;
}

/** A cost whose parameters go by one tensor: their structure is the caller's business. */
export type AnyCost = Objective["cost"];

/** The cost that a model has by a loss. */
export function costOf(model: Model<Tensor>, loss: Comparison): AnyCost {
  return (parameters, x, y, seed) =>
    loss(
      model(parameters, x as Tensor, seed === undefined ? {} : { seed: seed as number }),
      y as Tensor,
    );
}

export function objectiveOf(cost: AnyCost, parameters: Tensor): Objective {
  const flat = flatten(parameters);
  const both = valueAndGrad(cost);
  return {
    flat,
    cost,
    slope: (values, { x, y }, seed, gradient) => {
      const found = both(flat.tensors(values), x, y, seed);
      flat.collect(found.gradient, gradient);
      return found.value.item();
    },
    value: (values, { x, y }) => tensor(cost(flat.tensors(values), x, y)).item(),
  };
}
