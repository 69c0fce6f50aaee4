import type { RestoredOf, Tensor } from "../engine/index.ts";
import type { Model } from "../models/index.ts";
import { endEpoch } from "./endEpoch.ts";
import type { Trained, TrainingProgress } from "./History.ts";
import { type Job, jobOf } from "./Job.ts";
import { knownToTrain } from "./knownToTrain.ts";
import { isOver, makeStep, type Seen } from "./makeStep.ts";
import { type AnyCost, type Cost, costOf, objectiveOf } from "./objective.ts";
import { hasFacts, obstacleOfCost, obstacleOfModel } from "./obstacle.ts";
import { begin, type Run, saved } from "./Run.ts";
import { brief, type Ending, reached } from "./stopping.ts";
import type {
  AnyOptions,
  Cancellable,
  CostOptions,
  ModelOptions,
  Samples,
  TrainOptions,
} from "./TrainOptions.ts";
import { trained } from "./trained.ts";

/** A run step by step: each is made when it is asked for. */
export type TrainingSteps<P> = Generator<
  TrainingProgress<RestoredOf<P>>,
  Trained<RestoredOf<P>>,
  undefined
>;

/**
 * The same run as `train`, but each step is made only when it is asked for, and told as it happens.
 * Draw what you like in between, wait, or leave the loop; `progress.state()` lets another run go on.
 *
 * @throws what `train` throws
 *
 * @example
 * const cost = (p) => p.x.sub(3).square();
 * const steps = trainingSteps(cost, undefined, { parameters: { x: 0 }, learningRate: 0.25, epochs: 3 });
 * Array.from(steps, ({ loss }) => loss)   // → [9, 2.25, 0.5625]
 */
export function trainingSteps<P>(
  model: Model<P>,
  data: Samples,
  options: ModelOptions<P, RestoredOf<P>> & Partial<Cancellable>,
): TrainingSteps<P>;
export function trainingSteps<P>(
  cost: Cost<P>,
  data: Samples | undefined,
  options: CostOptions<P, RestoredOf<P>> & Partial<Cancellable>,
): TrainingSteps<P>;
export function* trainingSteps(
  subject: unknown,
  data: Samples | undefined,
  options: AnyOptions,
): Generator<TrainingProgress<unknown>, Trained<unknown>, undefined> {
  const run = begin(jobFor(subject, data, options));
  let ending = limit(run);
  while (ending === undefined) {
    if (options.signal?.aborted) return trained(run, cancelled(run));
    const seen = makeStep(run);
    if (seen.ending) return trained(run, seen.ending, seen.loss);
    const epochEnded = isOver(run);
    if (epochEnded) endEpoch(run, seen);
    const progress = progressOf(run, seen, epochEnded);
    ending =
      told(progress, options as TrainOptions<unknown>) ??
      (epochEnded ? judged(run) : undefined) ??
      limit(run);
    yield progress;
  }
  return trained(run, ending);
}

function jobFor(subject: unknown, data: Samples | undefined, options: AnyOptions): Job {
  knownToTrain(options);
  canWeigh(subject, data, options);
  const { seed, parameters, loss } = options;
  if (!isModel(subject)) {
    if (loss !== undefined)
      throw new TypeError(
        "train takes a function for a cost, which has its loss in it, but a loss was given as well.\nHint: (p, x, y) => loss(predict(p, x), y) without { loss }; models.defineModel makes a model of a prediction.",
      );
    if (parameters === undefined)
      throw new TypeError(
        "train needs to know where to begin, but no parameters were given.\nHint: for example { parameters: { w: 0, b: 0 } }.",
      );
    const cost = subject as AnyCost;
    return jobOf(objectiveOf(cost, parameters as Tensor, obstacleOfCost(cost)), data, options);
  }
  if (loss === undefined)
    throw new TypeError(
      `${subject.name} predicts, but train was not told by which loss its predictions are judged.\nHint: for example { loss: mse() }.`,
    );
  const start = (parameters ?? subject.start(seed)) as Tensor;
  return jobOf(
    objectiveOf(costOf(subject, loss), start, obstacleOfModel(subject, loss)),
    data,
    options,
  );
}

/** Refuses weights of samples where they would be ignored. */
function canWeigh(subject: unknown, data: Samples | undefined, options: AnyOptions): void {
  if (data?.weights === undefined && options.validation?.weights === undefined) return;
  if (!isModel(subject))
    throw new TypeError(
      "train hands the weights of samples to the loss of a model, but it got a cost, which has its loss in it.\nHint: models.defineModel makes a model of a prediction; or keep the weights in a column of x and count them in the cost.",
    );
  const { loss } = options;
  if (loss === undefined || hasFacts(loss) || loss.length > 2) return;
  throw new TypeError(
    `train was given weights of samples, but the loss takes ${loss.length} arguments and no weights.\nHint: (prediction, target, weights) => …, or a loss of the library.`,
  );
}

/** A model knows where to begin; any other function of parameters is a cost. */
const isModel = (subject: unknown): subject is Model<Tensor> =>
  typeof subject === "function" && "start" in subject;

const cancelled = ({ step }: Run): Ending => ({
  outcome: "cancelled",
  reason: `The run was cancelled after ${step} steps; state lets another go on from there.`,
});

/** Whether as much has been done as was allowed. */
function limit({ job, epoch, step, history }: Run): Ending | undefined {
  const now = () => `the loss of the last epoch was ${brief(history.train.at(-1) ?? NaN)}`;
  if (epoch >= job.epochs)
    return { outcome: "epochs made", reason: `${job.epochs} epochs are made; ${now()}.` };
  if (step >= job.steps)
    return { outcome: "steps made", reason: `${job.steps} steps are made; ${now()}.` };
  return undefined;
}

/** Whether the epoch that has just ended is one to end with. */
function judged({ job, history, best, epoch }: Run): Ending | undefined {
  const met = reached(job.stop, history);
  if (met || !job.earlyStopping || best === null) return met;
  const since = epoch - 1 - best.epoch;
  if (since < job.earlyStopping.patience) return undefined;
  return {
    outcome: "validation worsened",
    reason: `The validation loss was lowest in epoch ${best.epoch}, at ${brief(best.loss)}, and not lower in the ${since} epochs since.`,
  };
}

/** Tells the callbacks, which may end the run. */
function told(
  progress: TrainingProgress<unknown>,
  { onStep, onEpoch }: TrainOptions<unknown>,
): Ending | undefined {
  const answers = [onStep?.(progress), progress.epochEnded && onEpoch?.(progress)];
  if (!answers.includes("stop")) return undefined;
  return {
    outcome: "stopped by callback",
    reason: `A callback ended the run after ${progress.step} steps.`,
  };
}

function progressOf(
  run: Run,
  { loss, learningRate, gradientNorm }: Seen,
  epochEnded: boolean,
): TrainingProgress<unknown> {
  return {
    step: run.step,
    epoch: epochEnded ? run.epoch - 1 : run.epoch,
    loss,
    learningRate,
    gradientNorm,
    epochEnded,
    history: run.history,
    parameters: () => run.job.objective.flat.restore(run.parameters),
    state: () => saved(run),
  };
}
