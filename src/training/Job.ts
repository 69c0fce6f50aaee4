import { gradientDescent, type LearningRate, type Optimizer } from "../optimizers/index.ts";
import { inWords } from "../options.ts";
import type { PlateauSchedule, PlateauState } from "../schedules/index.ts";
import { type EarlyStoppingOptions, earlyStoppingOf } from "./earlyStopping.ts";
import type { Objective } from "./objective.ts";
import { type Pull, pullOf } from "./penalty.ts";
import { type Batch, samplesOf } from "./samples.ts";
import { checkedStop, type StopOptions } from "./stopping.ts";
import type { Samples, TrainOptions } from "./TrainOptions.ts";

/** Everything that stays the same during a run, checked. */
export interface Job {
  readonly objective: Objective;
  readonly samples: Batch;
  readonly validation: Batch | undefined;
  readonly optimizer: Optimizer;
  readonly plateau: PlateauSchedule | undefined;
  /** The rate that the plateau schedule has come to; only it changes. */
  readonly now: { plateau: PlateauState | null };
  readonly epochs: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly accumulate: number;
  readonly seed: number;
  readonly stop: StopOptions;
  readonly earlyStopping: Required<EarlyStoppingOptions> | undefined;
  readonly pull: Pull | undefined;
  readonly options: TrainOptions<never>;
}

/** Completes and checks what a run was asked for. */
export function jobOf(
  objective: Objective,
  data: Samples | undefined,
  options: TrainOptions<never>,
): Job {
  const { steps = Infinity, accumulate = 1, seed = 1, shuffle = true } = options;
  const { epochs = steps === Infinity ? 100 : Infinity } = options;
  const samples = samplesOf("train", data);
  const batchSize =
    options.batchSize === undefined || options.batchSize === "all"
      ? samples.count
      : options.batchSize;
  if (epochs !== Infinity) atLeastOne("epochs", epochs, "100 is the default");
  atLeastOne("batchSize", batchSize, '32 is usual; "all" is every sample in each step');
  atLeastOne("accumulate", accumulate, "1 makes a step of each batch");
  if (!Number.isSafeInteger(seed))
    throw new RangeError(
      `seed must be a whole number, but it is ${seed}.\nHint: any will do, for example 42.`,
    );
  if (steps !== Infinity) atLeastOne("steps", steps, "leave it out for no bound");
  const earlyStopping = options.earlyStopping && earlyStoppingOf(options.earlyStopping);
  if (earlyStopping && options.validation === undefined)
    throw new TypeError(
      "earlyStopping watches the validation loss, but there are no validation samples.\nHint: datasets.split(table) keeps a part back; pass it as validation.",
    );
  return {
    objective,
    samples,
    validation: options.validation && samplesOf("validation", options.validation),
    ...optimizerOf(options),
    epochs,
    steps,
    batchSize: Math.min(batchSize, samples.count),
    shuffle,
    accumulate,
    seed,
    stop: checkedStop(options.stop ?? {}),
    earlyStopping,
    pull: options.penalty && pullOf(options.penalty, objective.flat.parts),
    options,
  };
}

function atLeastOne(name: string, value: number, hint: string): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(
    `${name} must be a whole number above 0, but it is ${value}.\nHint: ${hint}.`,
  );
}

/** The optimizer, made here if its rate was given apart; a plateau schedule is read at each step. */
function optimizerOf({ optimizer = gradientDescent, learningRate, resume }: TrainOptions<never>) {
  if (typeof optimizer !== "function") {
    checkOptimizer(optimizer);
    if (learningRate === undefined)
      return { optimizer, plateau: undefined, now: { plateau: null } };
    throw new TypeError(
      `${optimizer.name} has been made with its learning rate, but another was given.\nHint: pass the function itself, as in { optimizer: adam, learningRate: 0.01 }.`,
    );
  }
  if (learningRate === undefined || !isPlateau(learningRate)) {
    const rate = learningRate === undefined ? {} : { learningRate };
    // Each maker of an optimizer has a default rate of its own.
    const made = (optimizer as (options: { learningRate?: LearningRate }) => Optimizer)(rate);
    checkOptimizer(made);
    return { optimizer: made, plateau: undefined, now: { plateau: null } };
  }
  const now = { plateau: resume?.plateau ?? learningRate.start() };
  return {
    optimizer: optimizer({ learningRate: () => now.plateau.rate }),
    plateau: learningRate,
    now,
  };
}

/** Checks that it gets one gradient a step, and is no minimizer, which asks the function itself. */
function checkOptimizer(optimizer: Optimizer): void {
  const { name, stepInPlace } = Object(optimizer) as Partial<Optimizer>; // whatever was handed over
  if (typeof stepInPlace === "function") return;
  const isMinimizer = name !== undefined;
  throw new TypeError(
    isMinimizer
      ? `${name} is a minimizer: it asks the function itself where to go, which batches cannot tell.\nHint: const problem = problemOf((p) => loss(model(p, x), y), model.start()), then minimize(minimizer, problem, problem.start).`
      : `optimizer must be an optimizer or the function that makes one, but it is ${inWords(optimizer)}.\nHint: import { adam } from "downhill", then { optimizer: adam, learningRate: 0.01 }.`,
  );
}

const isPlateau = (rate: LearningRate | PlateauSchedule): rate is PlateauSchedule =>
  typeof rate === "object";
