import { random } from "../engine/index.ts";
import type { LearningRate } from "../optimizers/index.ts";
import { divergence } from "./divergence.ts";
import type { Run } from "./Run.ts";
import { type Batch, picked } from "./samples.ts";
import { seedOf } from "./seeds.ts";
import type { Ending } from "./stopping.ts";
import { addTo, lengthOf } from "./vectors.ts";

/** What one step saw. */
export interface Seen {
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  /** Present if the run has diverged, so that no step was made. */
  readonly ending?: Ending | undefined;
}

/** Makes one step of a run, or finds that none can be made. */
export function makeStep(run: Run): Seen {
  const { job, parameters, gradient, move, sofar } = run;
  const { optimizer, pull, options } = job;
  if (run.batch === 0) beginEpoch(run);
  const point = optimizer.lookAt?.(parameters, run.optimizer) ?? parameters;
  const { loss, samples } = meanSlope(run, point);
  pull?.(gradient, point);
  const gradientNorm = lengthOf(gradient);
  const learningRate = rateOf(run);
  run.first ??= loss;
  const ending = divergence(run, { loss, learningRate, gradientNorm });
  if (ending) return { loss, learningRate, gradientNorm, ending };
  const share = samples / job.samples.count;
  sofar.loss += loss * share;
  addTo(sofar.gradient, gradient, share);
  // A clip of one's own may keep what it is given, so it gets a copy.
  const clipped = options.clip?.(gradient.slice(), job.objective.flat.parts) ?? gradient;
  move.fill(0);
  optimizer.stepInPlace(clipped, run.optimizer, move, parameters);
  add(run);
  run.step++;
  if (options.average?.every === "step")
    run.average = options.average.add(run.average, parameters, run.epoch);
  return { loss, learningRate, gradientNorm };
}

function beginEpoch({ parameters, sofar }: Run): void {
  sofar.loss = 0;
  sofar.gradient.fill(0);
  sofar.from.set(parameters);
}

/** Mean loss of the batches that make one step, and their mean gradient; each counts by what its samples weigh. */
function meanSlope(run: Run, point: Float64Array) {
  const { objective, accumulate, batchSize, samples: all, seed } = run.job;
  const samples = Math.min(accumulate * batchSize, all.count - run.batch * batchSize);
  const { gradient } = run;
  gradient.fill(0);
  let loss = 0;
  for (let part = 0; part < accumulate && !isOver(run); part++) {
    const batch = nextBatch(run);
    const dropout = seedOf(seed, "dropout", run.step * accumulate + part);
    // A batch alone of samples that count alike has the share 1, so that its numbers stay what they are.
    const share = batch.mass / samples;
    if (share === 1 && batch.count === samples)
      return { loss: objective.slope(point, batch, dropout, gradient), samples };
    // Samples of weight 0 have no mean.
    if (share === 0) continue;
    const own = new Float64Array(point.length);
    loss += objective.slope(point, batch, dropout, own) * share;
    addTo(gradient, own, share);
  }
  return { loss, samples };
}

/** Whether every batch of the epoch has been used. */
export const isOver = ({ job, batch }: Run): boolean => batch * job.batchSize >= job.samples.count;

function nextBatch(run: Run): Batch {
  const { samples, batchSize } = run.job;
  const at = run.batch++ * batchSize;
  if (batchSize >= samples.count) return samples;
  run.order ??= orderOf(run);
  return picked(samples, run.order.slice(at, at + batchSize));
}

function orderOf({ job, epoch }: Run): readonly number[] {
  const { samples, shuffle, seed } = job;
  if (shuffle) return random(seedOf(seed, "order", epoch)).permutation(samples.count);
  return Array.from({ length: samples.count }, (_, i) => i);
}

/** The rate of the next step; every optimizer has it among its settings. */
function rateOf({ job, optimizer }: Run): number {
  const rate = job.optimizer.settings.learningRate as LearningRate;
  return typeof rate === "function" ? rate(optimizer.t) : rate;
}

/** Moves the parameters; those that are kept in 32 bits are rounded to them. */
function add({ job, parameters, move }: Run): void {
  for (const { dtype, start, end } of job.objective.flat.parts) {
    if (dtype === "float64") for (let i = start; i < end; i++) parameters[i]! += move[i]!;
    else for (let i = start; i < end; i++) parameters[i] = Math.fround(parameters[i]! + move[i]!);
  }
}
