import { knownOptions } from "../options.ts";
import type { AnyOptions } from "./TrainOptions.ts";

/** Every option there is; the type lets none be forgotten. */
const known: Record<keyof AnyOptions, true> = {
  accumulate: true,
  average: true,
  batchSize: true,
  clip: true,
  earlyStopping: true,
  epochs: true,
  learningRate: true,
  loss: true,
  onEpoch: true,
  onStep: true,
  optimizer: true,
  parameters: true,
  penalty: true,
  plot: true,
  resume: true,
  seed: true,
  shuffle: true,
  signal: true,
  steps: true,
  stop: true,
  validation: true,
};

/** Refuses an option that would be ignored without a word. */
export function knownToTrain(options: AnyOptions): void {
  knownOptions("train", options, Object.keys(known));
}
