import { knownOptions, notNegative } from "../options.ts";
import type { History, Outcome } from "./History.ts";

/**
 * When enough is enough. Each criterion is judged after every epoch, by the epoch as a whole, so that
 * one lucky batch ends nothing.
 */
export interface StopOptions {
  /** The mean gradient of an epoch is at most this long: the ground is flat. */
  readonly gradientNorm?: number;
  /**
   * The loss of an epoch differs from that of the one before by at most this. A small rate makes small
   * changes too: far from any minimum as well.
   */
  readonly lossChange?: number;
  /** The parameters moved by at most this over an epoch. As with `lossChange`, a small rate is enough. */
  readonly parameterChange?: number;
  /** The loss of an epoch is at most this. */
  readonly loss?: number;
}

/** Why a run ends here, or undefined. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** Checks the bounds. */
export function checkedStop(stop: StopOptions): StopOptions {
  knownOptions("stop", stop, Object.keys(criteria));
  for (const name of ["gradientNorm", "lossChange", "parameterChange"] as const)
    if (stop[name] !== undefined) notNegative(name, stop[name]);
  if (stop.loss === undefined || Number.isFinite(stop.loss)) return stop;
  throw new RangeError(
    `stop.loss must be a number, but it is ${stop.loss}.\nHint: it is the loss that is good enough.`,
  );
}

/** The first criterion that the last epoch fulfils. */
export function reached(stop: StopOptions, history: History): Ending | undefined {
  for (const name of Object.keys(criteria) as (keyof StopOptions)[]) {
    const bound = stop[name];
    if (bound === undefined) continue;
    const { outcome, measure, words } = criteria[name];
    const measured = measure(history);
    if (!(measured <= bound)) continue;
    const epoch = history.train.length - 1;
    return {
      outcome,
      reason: `${words} ${brief(measured)} in epoch ${epoch}, not above ${bound}.`,
    };
  }
  return undefined;
}

interface Criterion {
  readonly outcome: Outcome;
  readonly measure: (history: History) => number;
  readonly words: string;
}

const criteria: Record<keyof StopOptions, Criterion> = {
  loss: {
    outcome: "target reached",
    measure: ({ train }) => train.at(-1)!,
    words: "The loss was",
  },
  gradientNorm: {
    outcome: "gradient flat",
    measure: ({ gradientNorm }) => gradientNorm.at(-1)!,
    words: "The gradient was only",
  },
  lossChange: {
    outcome: "loss settled",
    measure: ({ train }) => Math.abs(train.at(-1)! - (train.at(-2) ?? NaN)),
    words: "The loss changed by only",
  },
  parameterChange: {
    outcome: "parameters settled",
    measure: ({ parameterChange }) => parameterChange.at(-1)!,
    words: "The parameters moved by only",
  },
};

/** A number as one reads it. */
export const brief = (value: number): string => String(Number(value.toPrecision(5)));
