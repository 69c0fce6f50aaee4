import { type Tensor, type TensorLike, tensor } from "../../engine/index.ts";
import type { AnyLoss } from "../../losses/index.ts";
import { type Objective, objectiveOf } from "../inParameters/index.ts";
import { layoutOf, type ParameterLayout, type ParameterTree } from "../parameterLayout.ts";
import { type AnyFunction, calledOn } from "../subject.ts";
import { type TargetKind, targetKind } from "./targetKind.ts";

/** Samples in rows, and what is to be predicted of each. Every sample counts alike here: weights are not looked at. */
export interface Samples {
  readonly x: TensorLike;
  readonly y: TensorLike;
}

/** A training run before it begins. */
export interface TrainingPlan<P> {
  /** The predictions of the model for the samples in the rows of x. */
  readonly model: ((parameters: P, x: Tensor) => unknown) & { readonly start?: () => P };
  /** Where training begins. Default `model.start()`. */
  readonly parameters?: P;
  /** One of the library's losses, or any function of predictions and targets that gives one number. */
  readonly loss: AnyLoss | ((prediction: Tensor, target: Tensor) => unknown);
  readonly data: Samples;
  /** Held-out samples. */
  readonly validation?: Samples;
  /** An optimizer; its name and its learning rate are looked at. */
  readonly optimizer?: {
    readonly name: string;
    readonly settings: Readonly<Record<string, unknown>>;
  };
  /** The rate, where no optimizer is given: that of gradient descent. */
  readonly learningRate?: number;
  /** A gradient written by hand, to be checked in place of the engine's. */
  readonly gradient?: (parameters: P, batch: { readonly x: Tensor; readonly y: Tensor }) => unknown;
}

/** A plan taken apart into what the items look at. */
export interface Flight {
  readonly plan: TrainingPlan<never>;
  readonly layout: ParameterLayout;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly kind: TargetKind;
  /** The facts of the loss, if it is one of the library's or was made by `defineLoss`. */
  readonly facts: AnyLoss | undefined;
  /** The loss as a function of parameters and data. */
  readonly total: AnyFunction;
  /** The same on some of the samples. */
  on(rows: readonly number[]): { readonly objective: Objective; readonly batch: Batch };
  /** The predictions at some parameters. */
  predicted(values: ArrayLike<number>): Tensor;
}

/** Some samples as tensors. */
export interface Batch {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** @throws TypeError when there are no parameters to begin with */
export function flightOf(plan: TrainingPlan<never>): Flight {
  const parameters = plan.parameters ?? plan.model.start?.();
  if (parameters === undefined)
    throw new TypeError(
      "preflight needs the parameters that training begins with, but there are none.\nHint: preflight({ model, parameters: { w: [0], b: 0 }, loss, data }).",
    );
  // What is not a tree of numbers is refused by layoutOf.
  const layout = layoutOf(parameters as ParameterTree);
  const [x, y] = [tensor(plan.data.x), tensor(plan.data.y)];
  const loss = plan.loss as (prediction: unknown, target: Tensor) => unknown;
  const total = (p: never, batch: Batch) => loss(plan.model(p, batch.x), batch.y);
  return {
    plan,
    layout,
    x,
    y,
    kind: targetKind(y),
    facts: "argument" in plan.loss ? plan.loss : undefined,
    total,
    on(rows) {
      const batch = { x: x.gather(rows), y: y.gather(rows) };
      return { batch, objective: objectiveOf(total, parameters, batch) };
    },
    predicted(values) {
      const predict = (p: never, batch: Batch) => plan.model(p, batch.x);
      // Whatever a model gives that is no list of numbers is refused by tensor().
      return tensor(calledOn(layout, predict, { x, y })(values, { x, y }) as TensorLike);
    },
  };
}
