import { positive } from "../options.ts";
import { wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface InverseSqrtOptions {
  /** The highest rate, reached at the end of the warm-up. Default 0.001. */
  readonly rate?: number;
  /** Steps of the straight rise before. Default 10. */
  readonly warmUp?: number;
}

/**
 * Inverse square root: after a straight rise the rate falls as 1/√t, and never ends.
 * It needs no length of the run: the steps add up without bound, so it can always go on.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [4, 9, 39].map(inverseSqrt({ rate: 0.8 }))   // → [0.4, 0.8, 0.4]
 */
export function inverseSqrt(options: InverseSqrtOptions = {}): Schedule {
  const { rate = 0.001, warmUp = 10 } = options;
  positive("rate", rate);
  wholeSteps("warmUp", warmUp);
  return defineSchedule(
    {
      name: "Inverse square root",
      settings: { rate, warmUp },
      options,
      formula: String.raw`\alpha \min\!\left(\frac{t + 1}{w}, \sqrt{\frac{w}{t + 1}}\right)`,
      source: "Vaswani et al. (2017), Attention Is All You Need. arXiv:1706.03762",
    },
    (t) => rate * Math.min((t + 1) / warmUp, Math.sqrt(warmUp / (t + 1))),
  );
}
