import { knownOptions } from "../options.ts";
/** The parameters averaged so far, and over how many: plain numbers. */
export interface AverageState {
  readonly count: number;
  readonly values: readonly number[];
}

/** A way to average parameters along a run. */
export interface Average {
  readonly name: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly source: string;
  /** When the parameters are taken in. */
  readonly every: "step" | "epoch";
  /** The average with the parameters after so many epochs taken in, or as it was if it is too early. */
  add(
    state: AverageState | null,
    parameters: ArrayLike<number>,
    epochs: number,
  ): AverageState | null;
}

/**
 * Exponential moving average (EMA) of the parameters after each step; it begins with those after the
 * first, as PyTorch's `AveragedModel` does. It follows with a lag of about 1/(1 − decay) steps and
 * loses the jitter of small batches.
 *
 * @throws RangeError when decay is not from 0 to below 1
 *
 * @example
 * movingAverage({ decay: 0.9 }).add({ count: 1, values: [1] }, [2], 0)   // → { count: 2, values: [1.1] }
 */
export function movingAverage(options: { readonly decay?: number } = {}): Average {
  const { decay = 0.999 } = options;
  knownOptions("movingAverage", options, ["decay"]);
  if (!(decay >= 0 && decay < 1))
    throw new RangeError(
      `decay must be at least 0 and below 1, but it is ${decay}.\nHint: 0.999 averages over about a thousand steps.`,
    );
  return {
    name: "Exponential moving average",
    settings: { decay },
    source:
      "Polyak & Juditsky (1992), Acceleration of Stochastic Approximation by Averaging. doi:10.1137/0330046",
    every: "step",
    add: (state, parameters) => taken(state, parameters, 1 - decay),
  };
}

/**
 * Stochastic weight averaging (SWA): the plain mean of the parameters after each epoch from a given
 * one on. Runs that wander around a minimum at a constant rate have their mean near its middle.
 *
 * @throws RangeError when from is not a whole number from 0 on
 *
 * @example
 * stochasticWeightAverage({ from: 10 }).add({ count: 3, values: [1] }, [5], 20)   // → { count: 4, values: [2] }
 * stochasticWeightAverage({ from: 10 }).add(null, [5], 9)                         // → null
 */
export function stochasticWeightAverage(options: { readonly from: number }): Average {
  knownOptions("stochasticWeightAverage", options, ["from"]);
  const { from } = options;
  if (!(Number.isInteger(from) && from >= 0))
    throw new RangeError(
      `from must be a whole number of epochs from 0 on, but it is ${from}.\nHint: three quarters of the epochs are usual.`,
    );
  return {
    name: "Stochastic weight averaging",
    settings: { from },
    source:
      "Izmailov et al. (2018), Averaging Weights Leads to Wider Optima and Better Generalization. arXiv:1803.05407",
    every: "epoch",
    add: (state, parameters, epochs) =>
      epochs <= from ? state : taken(state, parameters, 1 / ((state?.count ?? 0) + 1)),
  };
}

function taken(
  state: AverageState | null,
  parameters: ArrayLike<number>,
  share: number,
): AverageState {
  if (state === null) return { count: 1, values: Array.from(parameters) };
  const values = state.values.map((value, i) => value + share * (parameters[i]! - value));
  return { count: state.count + 1, values };
}
