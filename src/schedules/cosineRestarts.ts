import { below, shrinking, wholeSteps } from "./checks.ts";
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
  /** What each peak is of the one before, both above `end`; at most 1. Default 1, as in PyTorch (Keras: `m_mul`). */
  readonly peaks?: number;
}

/**
 * Cosine decay with warm restarts: falls as a cosine, jumps back up, and falls again, ever longer.
 * Just before a restart the parameters are worth keeping.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 5, 10, 20, 30].map(cosineRestarts({ rate: 0.8 }))               // → [0.8, 0.4, 0.8, 0.4, 0.8]
 * [0, 10, 30].map(cosineRestarts({ rate: 0.8, peaks: 0.5 }))          // → [0.8, 0.4, 0.2]
 */
export function cosineRestarts(options: CosineRestartsOptions = {}): Schedule {
  const { rate = 0.1, end = 0, steps = 10, growth = 2, peaks = 1 } = options;
  below("end", end, rate);
  wholeSteps("steps", steps);
  wholeSteps("growth", growth);
  shrinking("peaks", peaks);
  return defineSchedule(
    {
      name: "Cosine decay with restarts",
      settings: { rate, end, steps, growth, peaks },
      options,
      formula: String.raw`\alpha_T + \tfrac12 ${peaks === 1 ? "" : "p^i "}(\alpha - \alpha_T)(1 + \cos(\pi\, t_i / T_i))`,
      source:
        "Loshchilov & Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts. arXiv:1608.03983",
    },
    (t) => {
      const { restarts, share } = periodAt(t, steps, growth);
      return cosineFall(end + (rate - end) * peaks ** restarts, end, share);
    },
  );
}

/** After how many restarts t falls, and how much of its period is over. */
function periodAt(t: number, steps: number, growth: number) {
  if (growth === 1) return { restarts: Math.floor(t / steps), share: (t % steps) / steps };
  let [restarts, begin, length] = [0, 0, steps];
  while (t >= begin + length) {
    restarts++;
    begin += length;
    length *= growth;
  }
  return { restarts, share: (t - begin) / length };
}
