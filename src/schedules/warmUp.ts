import { knownOptions } from "../options.ts";
import { wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface WarmUpOptions {
  /** How many steps the rise takes. Default 10. */
  readonly steps?: number;
  /** The share of the rate to begin with, from 0 to 1. Default 0, as in Optax; PyTorch's LinearLR: 1/3. */
  readonly from?: number;
}

/**
 * Warm-up: a straight rise to the first rate of any schedule, which then begins.
 * It spares the first steps, when Adam's means rest on few gradients and the slopes are steepest.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 5, 10, 60].map(warmUp(cosineDecay({ rate: 0.8 })))   // → [0, 0.4, 0.8, 0.4]
 */
export function warmUp(schedule: Schedule, options: WarmUpOptions = {}): Schedule {
  const { steps = 10, from = 0 } = options;
  if (typeof schedule !== "function")
    throw new TypeError(
      `warmUp rises to the first rate of a schedule, but got ${JSON.stringify(schedule)}.\nHint: warmUp(cosineDecay({ rate: 0.1 })); for one rate warmUp(constantRate({ rate: 0.1 })).`,
    );
  knownOptions("warmUp", options, ["steps", "from"]);
  wholeSteps("steps", steps);
  if (!(from >= 0 && from <= 1))
    throw new RangeError(
      `from must be a share between 0 and 1 of the rate, but it is ${from}.\nHint: 0.1 begins with a tenth.`,
    );
  return defineSchedule(
    {
      name: `${schedule.name} after a warm-up`,
      settings: { steps, from, after: schedule.settings },
      formula: String.raw`\begin{cases} \alpha\, (f + (1 - f)\, t / w) & t < w \\ ${schedule.formula} \text{ with } t - w & t \ge w \end{cases}`,
      source: "Goyal et al. (2017), Accurate, Large Minibatch SGD. arXiv:1706.02677",
    },
    (t) => (t < steps ? schedule(0) * (from + (1 - from) * (t / steps)) : schedule(t - steps)),
  );
}
