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
export function knownOptions(options: AnyOptions): void {
  const stray = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (stray === undefined) return;
  throw new TypeError(
    `train has no option ${stray}.\nHint: its options are ${Object.keys(known).join(", ")}.`,
  );
}
