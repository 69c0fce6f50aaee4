import type { Tensor, TensorLike } from "../engine/index.ts";
import type { LearningRate, Optimizer } from "../optimizers/index.ts";
import type { PlateauSchedule } from "../schedules/index.ts";
import type { Average } from "./average.ts";
import type { Clip } from "./clip.ts";
import type { EarlyStoppingOptions } from "./earlyStopping.ts";
import type { TrainingProgress, TrainingState } from "./History.ts";
import type { PenaltyOptions } from "./penalty.ts";
import type { StopOptions } from "./stopping.ts";

/** What is known of each sample, and what is to be predicted: the rows of x and of y. */
export interface Samples {
  readonly x: TensorLike;
  readonly y: TensorLike;
  /**
   * What each sample counts, at least 0: a row of weight 2 counts as the same row twice, and one of weight 0 not
   * at all. Default 1 for all. Only how large they are beside each other matters: the loss is Σ wℓ / Σ w over all
   * samples, and a batch counts by what its samples weigh. (Keras divides by the number of samples instead, as if
   * the rate were multiplied by the mean weight.)
   */
  readonly weights?: TensorLike;
}

/**
 * Compares predictions with targets; every loss of the library does. It must average over the samples, and by
 * their weights where they have some.
 */
export type Comparison = (prediction: Tensor, target: Tensor, weights?: Tensor) => TensorLike;

/** A function that makes an optimizer with a rate; every optimizer of the library is one. */
export type OptimizerMaker = (options: { learningRate: LearningRate }) => Optimizer;

/** What every run can be asked for. */
export interface TrainOptions<P> {
  /**
   * How the parameters move: an optimizer, or the function that makes one from `learningRate`.
   * Default `gradientDescent`.
   */
  readonly optimizer?: Optimizer | OptimizerMaker;
  /** A rate, a schedule of steps, or `reduceOnPlateau`, for an optimizer given as function. Default its own. */
  readonly learningRate?: LearningRate | PlateauSchedule;
  /**
   * How often every sample is used, epochs made before a resumption included. Default 100, or no bound where
   * there is one of steps.
   */
  readonly epochs?: number;
  /** At most so many steps. Default no bound. */
  readonly steps?: number;
  /** Samples in a batch: `"all"`, 1 for a single sample, or between. Default `"all"`. */
  readonly batchSize?: number | "all";
  /** Draws the batches anew in each epoch. Default true: data sorted by class would teach one class at a time. */
  readonly shuffle?: boolean;
  /** So many batches make one step, as one large batch would. Default 1. */
  readonly accumulate?: number;
  /** Decides order, dropout and start; the same seed gives the same numbers, on every machine. Default 1. */
  readonly seed?: number;
  /** Samples that are only looked at, after each epoch. */
  readonly validation?: Samples;
  /** Ends the run before its epochs are made. */
  readonly stop?: StopOptions;
  /** Ends the run when the validation loss no longer falls, and brings the best parameters back. */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Shortens long gradients: `clipByValue`, `clipByNorm` or `clipByGlobalNorm`. */
  readonly clip?: Clip;
  /** Draws the parameters towards 0. */
  readonly penalty?: PenaltyOptions;
  /** Averages the parameters along the way: `movingAverage` or `stochasticWeightAverage`. */
  readonly average?: Average;
  /** Called after each step; `"stop"` ends the run. */
  readonly onStep?: (progress: TrainingProgress<P>) => unknown;
  /** Called after each epoch; `"stop"` ends the run. */
  readonly onEpoch?: (progress: TrainingProgress<P>) => unknown;
  /** Goes on from the state of an earlier run, to the last bit as if it had never stopped. */
  readonly resume?: TrainingState;
}

/** For a model: what its predictions are compared by. */
export interface ModelOptions<P, Fitted> extends TrainOptions<Fitted> {
  readonly loss: Comparison;
  /** Where to begin. Default `model.start(seed)`. */
  readonly parameters?: P;
}

/** For a function of parameters: where to begin. */
export interface CostOptions<P, Fitted> extends TrainOptions<Fitted> {
  readonly parameters: P;
}

/** Makes the run a promise that gives way after every step, so that whoever holds the signal has a turn. */
export interface Cancellable {
  readonly signal: AbortSignal;
}

/** Draws the losses while the run goes on, where a notebook looks on. The run is a promise then, too. */
export interface Drawn {
  readonly plot: true;
}

/** What makes a run a promise. */
export type Waiting = Cancellable | Drawn;

/** The options of either kind; the structure of the parameters goes by one tensor from here on. */
export interface AnyOptions extends TrainOptions<never>, Partial<Cancellable>, Partial<Drawn> {
  readonly loss?: Comparison;
  readonly parameters?: unknown;
}
