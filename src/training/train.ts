import type { RestoredOf, Tensor } from "../engine/index.ts";
import type { Model } from "../models/index.ts";
import type { Trained } from "./History.ts";
import { knownToTrain } from "./knownToTrain.ts";
import type { Cost } from "./objective.ts";
import type { AnyOptions, CostOptions, ModelOptions, Samples, Waiting } from "./TrainOptions.ts";
import { type TrainingSteps, trainingSteps } from "./trainingSteps.ts";
import { type Watcher, watcher } from "./watch.ts";

/**
 * Trains a model, or the parameters of any cost function, and gives the run as plain data: parameters,
 * history, why it ended, and a state that another run can go on from.
 * Samples may have `weights`, which say how often each counts: `{ x, y, weights }`.
 * A run that diverges ends with the step, the loss and the largest stable rate in its `reason`. With a
 * `signal` the run is a promise; cancelled, it keeps what it has. So it is with `plot: true`, which
 * draws the losses in a notebook while they are made, with a button to stop.
 * Steps of a model and a loss with facts are compiled, with the same numbers; `obstacle` says why others are
 * not. A cost or loss of your own runs in every step, unless you hand over `compile(cost)`.
 *
 * @throws RangeError when data are empty or hold NaN (named by row and column) or a setting is out of range
 * @throws ShapeError when samples and targets, or predictions and targets, do not fit
 *
 * @example
 * const data = { x: [1, 2, 3, 4], y: [2, 4, 6, 8] };
 * const cost = (p, x, y) => mse()(p.w.mul(x).add(p.b), y);
 * const run = train(cost, data, { parameters: { w: 0, b: 0 }, learningRate: 0.01, epochs: 1000 });
 * run.parameters                   // → { w: 1.98965875503, b: 0.0304045213054 }
 * [run.outcome, run.history.train[0]]   // → ["epochs made", 30]
 */
export function train<P>(
  model: Model<P>,
  data: Samples,
  options: ModelOptions<P, RestoredOf<P>> & Waiting,
): Promise<Trained<RestoredOf<P>>>;
export function train<P>(
  model: Model<P>,
  data: Samples,
  options: ModelOptions<P, RestoredOf<P>>,
): Trained<RestoredOf<P>>;
export function train<P>(
  cost: Cost<P>,
  data: Samples | undefined,
  options: CostOptions<P, RestoredOf<P>> & Waiting,
): Promise<Trained<RestoredOf<P>>>;
export function train<P>(
  cost: Cost<P>,
  data: Samples | undefined,
  options: CostOptions<P, RestoredOf<P>>,
): Trained<RestoredOf<P>>;
export function train(
  subject: unknown,
  data: Samples | undefined,
  options: AnyOptions,
): Trained<unknown> | Promise<Trained<unknown>> {
  knownToTrain(options);
  const watching = options.plot === true ? watcher() : undefined;
  const signals = [options.signal, watching?.signal].filter((each) => each !== undefined);
  // The overloads above are those of trainingSteps.
  const steps = trainingSteps(subject as Cost<Tensor>, data, {
    ...(options as CostOptions<Tensor, Tensor>),
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  });
  if (options.plot === true || options.signal !== undefined) return breathing(steps, watching);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Makes the steps of a run and lets everything else that waits have its turn after each. */
async function breathing(
  steps: TrainingSteps<Tensor>,
  watching: Watcher | undefined,
): Promise<Trained<unknown>> {
  // A message to oneself comes back after whatever else is waiting; a promise would cut in before it.
  const { port1: here, port2: there } = new MessageChannel();
  const turn = () =>
    new Promise<void>((resolve) => {
      here.onmessage = () => resolve();
      there.postMessage(0);
    });
  let result: Trained<unknown> | undefined;
  try {
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        result = value;
        return value;
      }
      if (value.epochEnded) watching?.sees(value.history);
      await turn();
    }
  } finally {
    here.close();
    watching?.ended(result);
  }
}
