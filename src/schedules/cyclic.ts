import { oneOf, positive } from "../options.ts";
import { shrinking, wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface CyclicOptions {
  /** The lowest rate, where a cycle begins and ends. Default 0.001. */
  readonly low?: number;
  /** The highest rate of the first cycle. Default 0.01. */
  readonly high?: number;
  /** Steps from low to high. Default 20. */
  readonly rise?: number;
  /** Steps from high back to low. Default the same. */
  readonly fall?: number;
  /**
   * What becomes of the peaks: `"same"` (triangular), `"halving"` with every cycle (triangular2), or
   * a number: the factor of every step (exp_range). Default `"same"`.
   */
  readonly peaks?: "same" | "halving" | number;
}

/**
 * Cyclic rate: up and down in straight lines between two bounds, again and again.
 * Long steps leave sharp corners of the landscape, short ones settle.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 10, 20, 30, 40].map(cyclic({ low: 0.25, high: 0.75 }))   // → [0.25, 0.5, 0.75, 0.5, 0.25]
 */
export function cyclic(options: CyclicOptions = {}): Schedule {
  const { low = 0.001, high = 0.01, rise = 20, peaks = "same" } = options;
  const { fall = rise } = options;
  positive("low", low);
  wholeSteps("rise", rise);
  wholeSteps("fall", fall);
  if (typeof peaks === "number") shrinking("peaks", peaks);
  else oneOf("peaks", peaks, ["same", "halving"]);
  if (!(high > low && high < Infinity))
    throw new RangeError(
      `high must be above low (${low}), but it is ${high}.\nHint: ten times low is usual.`,
    );
  const length = rise + fall;
  const scale = (t: number): number => {
    if (peaks === "same") return 1;
    return peaks === "halving" ? 2 ** -Math.floor(t / length) : peaks ** t;
  };
  return defineSchedule(
    {
      name: "Cyclic rate",
      settings: { low, high, rise, fall, peaks },
      options,
      formula: String.raw`\alpha_{\min} + (\alpha_{\max} - \alpha_{\min})\, s_t \max(0, 1 - |x_t|)`,
      source:
        "Smith (2017), Cyclical Learning Rates for Training Neural Networks. arXiv:1506.01186",
    },
    (t) => {
      const within = t % length;
      const height = within <= rise ? within / rise : (length - within) / fall;
      return low + (high - low) * height * scale(t);
    },
  );
}
