import { knownOptions } from "../options.ts";
import type { LossOptions, RowLoss } from "./Loss.ts";
import { ofClasses } from "./sparseCategoricalCrossEntropy.ts";

export interface NllOptions extends LossOptions {
  /** What each class counts; the mean divides by the weights of the targets. Default 1. */
  readonly classWeights?: readonly number[];
  /** A class number whose rows count nothing. Default none. */
  readonly ignoreIndex?: number | undefined;
}

/**
 * Negative log-likelihood: minus the log-probability of the right class, from rows of
 * log-probabilities.
 * The second half of a cross-entropy, when `logSoftmax` has been taken already.
 *
 * @throws RangeError when a class is not there or a logarithm is above 0
 *
 * @example
 * nll()(logSoftmax([[2, 0, 0]]), [0])   // → 0.239544766222
 */
export function nll(options: NllOptions = {}): RowLoss<number> {
  knownOptions("nll", options, ["classWeights", "ignoreIndex", "reduction"]);
  return ofClasses("nll", "Negative log-likelihood", { ...options, from: "log-probabilities" });
}
