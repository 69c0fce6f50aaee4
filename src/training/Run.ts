import type { OptimizerState } from "../optimizers/index.ts";
import type { AverageState } from "./average.ts";
import type { History, TrainingState } from "./History.ts";
import type { Job } from "./Job.ts";

/** The same history while epochs are added to it. */
export type Growing = {
  -readonly [Key in keyof History]: History[Key] extends readonly number[] | undefined
    ? number[]
    : Record<string, number[]>;
};

/** A run under way: its state, while it changes. */
export interface Run {
  readonly job: Job;
  epoch: number;
  step: number;
  batch: number;
  /** The rows of the present epoch in their order; undefined where all samples are one batch. */
  order: readonly number[] | undefined;
  readonly parameters: Float64Array;
  /** Where each step writes its gradient and its move, so that steps leave nothing behind. */
  readonly gradient: Float64Array;
  readonly move: Float64Array;
  readonly optimizer: OptimizerState;
  readonly history: Growing;
  readonly sofar: { loss: number; gradient: Float64Array; from: Float64Array };
  best: TrainingState["best"];
  average: AverageState | null;
  /** Where the run began, and the loss it saw first: what a divergence is measured by. */
  readonly start: Float64Array;
  first: number | undefined;
}

/**
 * A run before its first step, or where an earlier one had come to.
 *
 * @throws what the loss throws at one of the samples, since compiled steps on some of them no longer look
 */
export function begin(job: Job): Run {
  const { resume } = job.options;
  const state = resume === undefined ? fresh(job) : fitting(resume, fresh(job), job);
  const parameters = Float64Array.from(state.parameters);
  if (job.batchSize < job.samples.count && job.objective.obstacle() === undefined)
    job.objective.value(parameters, job.samples);
  const { loss, gradient, from } = state.sofar;
  return {
    job,
    epoch: state.epoch,
    step: state.step,
    batch: state.batch,
    order: undefined,
    parameters,
    gradient: new Float64Array(parameters.length),
    move: new Float64Array(parameters.length),
    optimizer: ownCopy(state.optimizer),
    history: structuredClone(state.history) as Growing, // our own copy may grow
    sofar: {
      loss,
      gradient: Float64Array.from(gradient),
      from: Float64Array.from(from),
    },
    best: state.best,
    average: state.average,
    start: parameters.slice(),
    first: state.history.train[0],
  };
}

/**
 * A state that the run may rewrite. The lists that structuredClone makes hold a box for every number, and
 * steps would take three times as long on them; those that map makes do not.
 */
function ownCopy(state: OptimizerState): OptimizerState {
  const entries = Object.entries(state).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.map((number) => number) : structuredClone(value),
  ]);
  return Object.fromEntries(entries) as OptimizerState; // the same keys with the same values
}

function fresh({ objective, optimizer, validation }: Job): TrainingState {
  const { values, parts } = objective.flat;
  return {
    epoch: 0,
    step: 0,
    batch: 0,
    parameters: Array.from(values),
    optimizer: optimizer.start(values.length, parts),
    history: {
      train: [],
      ...(validation && { validation: [] }),
      learningRate: [],
      gradientNorm: [],
      parameterChange: [],
      layers: Object.fromEntries(parts.map(({ name }) => [name, []])),
    },
    sofar: { loss: 0, gradient: Array.from(values, () => 0), from: Array.from(values) },
    best: null,
    average: null,
    plateau: null,
  };
}

/** A state to go on from, checked against that of a fresh run. */
function fitting(state: TrainingState, like: TrainingState, { optimizer }: Job): TrainingState {
  const missing = Object.keys(like).find((key) => !(key in Object(state)));
  if (missing !== undefined)
    throw new TypeError(
      `resume must be the state of a run, but it has no ${missing}.\nHint: { resume: run.state }.`,
    );
  const [count, length] = [state.parameters.length, like.parameters.length];
  if (count !== length)
    throw new RangeError(
      `resume holds ${count} parameters, but there are ${length}.\nHint: resume with the model that the state came from.`,
    );
  const [held, kept] = [state.optimizer, like.optimizer].map((each) => Object.keys(each).sort());
  if (String(held) !== String(kept))
    throw new RangeError(
      `resume holds the state of another optimizer (${held!.join(", ")}), but ${optimizer.name} keeps ${kept!.join(", ")}.\nHint: resume with the optimizer that the state came from, or begin with { parameters: run.parameters }.`,
    );
  return state;
}

/** The state as plain data of its own, which later steps do not change. */
export function saved(run: Run): TrainingState {
  const { loss, gradient, from } = run.sofar;
  return {
    epoch: run.epoch,
    step: run.step,
    batch: run.batch,
    parameters: Array.from(run.parameters),
    optimizer: structuredClone(run.optimizer),
    history: structuredClone(run.history),
    sofar: { loss, gradient: Array.from(gradient), from: Array.from(from) },
    best: run.best,
    average: run.average,
    plateau: run.job.now.plateau,
  };
}
