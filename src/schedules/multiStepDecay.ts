import { positive } from "../options.ts";
import { shrinking } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface MultiStepDecayOptions {
  /** The rate of the first step. Default 0.1. */
  readonly rate?: number;
  /** γ, what the rate is multiplied with at each milestone. Default 0.1. */
  readonly factor?: number;
  /** The steps from which on the rate is lower, in rising order. Default [30, 60]. */
  readonly milestones?: readonly number[];
}

/**
 * Multi-step decay: the rate drops by the same factor at the steps you name.
 *
 * @throws RangeError when a setting is out of range or the milestones do not rise
 *
 * @example
 * [0, 29, 30, 60].map(multiStepDecay({ rate: 0.8, factor: 0.5 }))   // → [0.8, 0.8, 0.4, 0.2]
 */
export function multiStepDecay(options: MultiStepDecayOptions = {}): Schedule {
  const { rate = 0.1, factor = 0.1, milestones = [30, 60] } = options;
  positive("rate", rate);
  shrinking("factor", factor);
  if (!milestones.every((step, i) => step > (milestones[i - 1] ?? 0)))
    throw new RangeError(
      `milestones must be steps above 0 in rising order, but they are [${milestones.join(", ")}].\nHint: [30, 60] drops the rate twice.`,
    );
  return defineSchedule(
    {
      name: "Multi-step decay",
      settings: { rate, factor, milestones },
      options,
      formula: String.raw`\alpha\, \gamma^{\#\{m : m \le t\}}`,
      source: "He et al. (2016), Deep Residual Learning for Image Recognition. arXiv:1512.03385",
    },
    (t) => rate * factor ** milestones.filter((step) => step <= t).length,
  );
}
