import { type Item, shownItems } from "../Item.ts";
import { gradientFaults, unitFaults } from "./layerFaults.ts";
import { lossFaults } from "./lossFaults.ts";
import { classFaults, overfitting } from "./outcomeFaults.ts";
import type { RunRecord } from "./RunRecord.ts";

/** What is wrong with a run. */
export interface Diagnosis {
  readonly verdict: "healthy" | "faulty";
  readonly sentence: string;
  /** Each fault with its evidence, the remedy and the lesson. */
  readonly faults: readonly Item[];
}

/**
 * Reads a finished run: diverged, oscillating, too slow, standing on a plateau; gradients that vanish or
 * explode, dead or saturated units; overfitting; a metric that flatters, classes that are never predicted.
 * Every fault comes with what shows it, what helps, and the lesson about it.
 *
 * @param run The history of `train`, with activations, labels and predictions where they were kept.
 * @throws RangeError when there are no losses
 * @example
 * diagnose({ train: [1, 4, 16, 64, 256] }).faults[0].name   // → "diverged"
 * diagnose({ train: [1, 0.5, 0.3, 0.2, 0.15, 0.13, 0.12, 0.115, 0.114, 0.1135] }).verdict   // → "healthy"
 */
export function diagnose(run: RunRecord): Diagnosis {
  if (!run.train.length)
    throw new RangeError(
      "diagnose needs the losses of a run, but train is empty.\nHint: diagnose(train(model, data, options).history).",
    );
  const faults = [
    ...lossFaults(run),
    ...gradientFaults(run),
    ...unitFaults(run),
    ...overfitting(run),
    ...classFaults(run),
  ];
  const verdict = faults.length ? "faulty" : "healthy";
  const names = faults.map(({ name }) => name).join(", ");
  const sentence = faults.length
    ? `Found: ${names}. ${faults[0]!.evidence}`
    : `Nothing stands out in ${run.train.length} entries.`;
  return shownItems({ verdict, sentence, faults }, faults);
}
