import { knownOptions, notNegative } from "../options.ts";
import type { TrainingState } from "./History.ts";

export interface EarlyStoppingOptions {
  /** So many epochs without a better validation loss end the run. Default 10. */
  readonly patience?: number;
  /** By how much a validation loss must be lower to be better. Default 0. */
  readonly minDelta?: number;
  /** Gives the parameters of the best epoch instead of the last ones. Default true. (Keras: false.) */
  readonly restore?: boolean;
}

/** The options completed and checked. */
export function earlyStoppingOf(options: EarlyStoppingOptions): Required<EarlyStoppingOptions> {
  const { patience = 10, minDelta = 0, restore = true } = options;
  knownOptions("earlyStopping", options, ["patience", "minDelta", "restore"]);
  notNegative("minDelta", minDelta);
  if (Number.isInteger(patience) && patience > 0) return { patience, minDelta, restore };
  throw new RangeError(
    `patience must be a whole number of epochs above 0, but it is ${patience}.\nHint: 10 forgives ten epochs without progress.`,
  );
}

/** The best epoch, after one more has been judged. */
export function bestOf(
  best: TrainingState["best"],
  loss: number,
  epoch: number,
  parameters: ArrayLike<number>,
  { minDelta }: Required<EarlyStoppingOptions>,
): TrainingState["best"] {
  if (best !== null && !(loss < best.loss - minDelta)) return best;
  return { loss, epoch, parameters: Array.from(parameters) };
}
