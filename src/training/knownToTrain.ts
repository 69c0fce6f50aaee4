import { inWords, knownOptions } from "../options.ts";
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

/** What parts of a run must be, where another kind of thing is easily handed over. */
const kinds: readonly {
  readonly option: "loss" | "clip" | "average" | "onStep" | "onEpoch";
  readonly is: (value: object) => boolean;
  readonly words: string;
  readonly hint: string;
}[] = [
  { option: "loss", is: isFunction, words: "a loss", hint: "{ loss: mse() }" },
  {
    option: "clip",
    is: isFunction,
    words: "a function that shortens gradients",
    hint: "{ clip: clipByGlobalNorm(1) }",
  },
  {
    option: "average",
    is: (value) => "add" in value,
    words: "a way to average",
    hint: "{ average: movingAverage() }",
  },
  { option: "onStep", is: isFunction, words: "a function", hint: "(progress) => …" },
  { option: "onEpoch", is: isFunction, words: "a function", hint: "(progress) => …" },
];

/**
 * Refuses an option that would be ignored without a word, and what is no option's value.
 *
 * @throws TypeError
 */
export function knownToTrain(options: AnyOptions): void {
  knownOptions("train", options, Object.keys(known));
  for (const { option, is, words, hint } of kinds) {
    const value: unknown = options[option];
    if (value === undefined || is(Object(value))) continue;
    throw new TypeError(
      `${option} must be ${words}, but it is ${inWords(value)}.\nHint: for example ${hint}.`,
    );
  }
}

function isFunction(value: object): boolean {
  return typeof value === "function";
}
