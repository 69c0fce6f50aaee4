export {
  type Average,
  type AverageState,
  movingAverage,
  stochasticWeightAverage,
} from "./average.ts";
export { type Clip, clipByGlobalNorm, clipByNorm, clipByValue } from "./clip.ts";
export type { EarlyStoppingOptions } from "./earlyStopping.ts";
export {
  type FindLearningRateOptions,
  findLearningRate,
  type RateSearch,
} from "./findLearningRate.ts";
export type { History, Outcome, Trained, TrainingProgress, TrainingState } from "./History.ts";
export type { Cost } from "./objective.ts";
export type { PenaltyOptions } from "./penalty.ts";
export { type Listed, leastSquaresOf, problemOf } from "./problemOf.ts";
export type { StopOptions } from "./stopping.ts";
export type {
  Cancellable,
  Comparison,
  CostOptions,
  Drawn,
  ModelOptions,
  OptimizerMaker,
  Samples,
  TrainOptions,
  Waiting,
} from "./TrainOptions.ts";
export { train } from "./train.ts";
export { type TrainingSteps, trainingSteps } from "./trainingSteps.ts";
export type { Span } from "./vectors.ts";
