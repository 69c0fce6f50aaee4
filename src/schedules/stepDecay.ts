import { positive } from "../options.ts";
import { shrinking, wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface StepDecayOptions {
  /** The rate of the first step. Default 0.1. */
  readonly rate?: number;
  /** γ, what the rate is multiplied with each time. Default 0.1. */
  readonly factor?: number;
  /** After how many steps, again and again. Default 30. */
  readonly every?: number;
}

/**
 * Step decay: a constant rate that drops by the same factor at regular steps.
 * The loss often falls sharply just after a drop, since a shorter step stops the wandering.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 29, 30, 60].map(stepDecay({ rate: 0.8, factor: 0.5 }))   // → [0.8, 0.8, 0.4, 0.2]
 */
export function stepDecay(options: StepDecayOptions = {}): Schedule {
  const { rate = 0.1, factor = 0.1, every = 30 } = options;
  positive("rate", rate);
  shrinking("factor", factor);
  wholeSteps("every", every);
  return defineSchedule(
    {
      name: "Step decay",
      settings: { rate, factor, every },
      options,
      formula: String.raw`\alpha\, \gamma^{\lfloor t / n \rfloor}`,
      source: "He et al. (2016), Deep Residual Learning for Image Recognition. arXiv:1512.03385",
    },
    (t) => rate * factor ** Math.floor(t / every),
  );
}
