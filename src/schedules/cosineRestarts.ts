import { below, wholeSteps } from "./checks.ts";
import { cosineFall } from "./cosineDecay.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface CosineRestartsOptions {
  /** The rate after each restart. Default 0.1. */
  readonly rate?: number;
  /** The rate just before a restart. Default 0. */
  readonly end?: number;
  /** Steps to the first restart. Default 10. */
  readonly steps?: number;
  /** How many times longer each period is than the one before, a whole number. Default 2. */
  readonly growth?: number;
}

/**
 * Cosine decay with warm restarts: falls as a cosine, jumps back up, and falls again, ever longer.
 * Just before a restart the parameters are worth keeping.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 5, 10, 20, 30].map(cosineRestarts({ rate: 0.8 }))   // → [0.8, 0.4, 0.8, 0.4, 0.8]
 */
export function cosineRestarts(options: CosineRestartsOptions = {}): Schedule {
  const { rate = 0.1, end = 0, steps = 10, growth = 2 } = options;
  below("end", end, rate);
  wholeSteps("steps", steps);
  wholeSteps("growth", growth);
  return defineSchedule(
    {
      name: "Cosine decay with restarts",
      settings: { rate, end, steps, growth },
      options,
      formula: String.raw`\alpha_T + \tfrac12 (\alpha - \alpha_T)(1 + \cos(\pi\, t_i / T_i))`,
      source:
        "Loshchilov & Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts. arXiv:1608.03983",
    },
    (t) => cosineFall(rate, end, shareOfPeriod(t, steps, growth)),
  );
}

/** How much of the period that t falls into is over. */
function shareOfPeriod(t: number, steps: number, growth: number): number {
  let [begin, length] = [0, steps];
  if (growth === 1) return (t % steps) / steps;
  while (t >= begin + length) {
    begin += length;
    length *= growth;
  }
  return (t - begin) / length;
}
