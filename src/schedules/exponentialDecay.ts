import { positive } from "../options.ts";
import { shrinking, wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface ExponentialDecayOptions {
  /** The rate of the first step. Default 0.1. */
  readonly rate?: number;
  /** γ, what the rate is multiplied with. Default 0.95. */
  readonly factor?: number;
  /** In how many steps it is multiplied once, little by little. Default 1, as in PyTorch. */
  readonly every?: number;
}

/**
 * Exponential decay: every step is shorter than the last by the same factor.
 * All steps together are no longer than rate/(1 − factor) gradients: too fast a decay stops the run
 * before it arrives.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 1, 2].map(exponentialDecay({ rate: 0.8, factor: 0.5 }))   // → [0.8, 0.4, 0.2]
 */
export function exponentialDecay(options: ExponentialDecayOptions = {}): Schedule {
  const { rate = 0.1, factor = 0.95, every = 1 } = options;
  positive("rate", rate);
  shrinking("factor", factor);
  wholeSteps("every", every);
  return defineSchedule(
    {
      name: "Exponential decay",
      settings: { rate, factor, every },
      options,
      formula: String.raw`\alpha\, \gamma^{t / n}`,
      source:
        "Li & Arora (2020), An Exponential Learning Rate Schedule for Deep Learning. arXiv:1910.07454",
    },
    (t) => rate * factor ** (t / every),
  );
}
