import { positive } from "../options.ts";
import type { LearningRate, OptimizerState } from "./Optimizer.ts";

/** The rate of the step after `step` steps; a schedule may come down to zero, a number may not. */
export function rateAt(learningRate: LearningRate, step: number): number {
  if (typeof learningRate === "number") {
    positive("learningRate", learningRate, "it is usually small, for example 0.01");
    return learningRate;
  }
  if (typeof learningRate !== "function")
    throw new TypeError(
      `learningRate must be a number or a schedule, but it is ${JSON.stringify(learningRate)}.\nHint: for example 0.01, or cosineDecay({ rate: 0.1 }).`,
    );
  const rate = learningRate(step);
  if (rate >= 0 && rate < Infinity) return rate;
  throw new RangeError(
    `The schedule must give a rate of at least 0, but after ${step} steps it gives ${rate}.\nHint: call schedule(${step}) by itself to see.`,
  );
}

/** Stops at the door what would poison the state for good. */
export function finiteGradient(gradient: Float64Array, state: OptimizerState): void {
  for (const [key, value] of Object.entries(state)) {
    if (Array.isArray(value) && value.length !== gradient.length)
      throw new RangeError(
        `The gradient has ${gradient.length} entries, but the state was started for ${value.length} (its ${key}).\nHint: start(${gradient.length}).`,
      );
  }
  const bad = gradient.findIndex((slope) => !Number.isFinite(slope));
  if (bad < 0) return;
  throw new RangeError(
    `gradient[${bad}] is ${gradient[bad]} after ${state.t} steps, and a step with it would spoil all later ones.\nHint: the run may be diverging; try a smaller learningRate.`,
  );
}

/** Checks that an option lies in [0, 1), as every decay rate must. */
export function decayRate(name: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new RangeError(
    `${name} must be at least 0 and below 1, but it is ${value}.\nHint: it is the share of the past that is kept, often 0.9.`,
  );
}
