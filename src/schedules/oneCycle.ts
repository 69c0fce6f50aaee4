import { oneOf, positive } from "../options.ts";
import { wholeSteps } from "./checks.ts";
import { cosineFall } from "./cosineDecay.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface OneCycleOptions {
  /** The highest rate. Default 0.1. */
  readonly peak?: number;
  /** All steps of the run; after them the rate stays. Default 100. */
  readonly steps?: number;
  /** The share of the steps that the rise takes. Default 0.3. */
  readonly rise?: number;
  /** The peak is so many times the first rate. Default 25. */
  readonly divide?: number;
  /** The first rate is so many times the last. Default 10 000. */
  readonly finalDivide?: number;
  /** Along half a cosine, or in straight lines. Default `"cosine"`. */
  readonly shape?: "cosine" | "linear";
}

/**
 * One cycle: up to a high rate, then down far below the first one, once in a whole run.
 * The high rates in the middle act against overfitting; it needs to know the length of the run.
 * As in PyTorch with two phases. (Optax reaches the peak one step later and the last rate at `steps`, and its
 * linear cycle has a third phase.)
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 29, 99].map(oneCycle({ peak: 0.5 }))   // → [0.02, 0.5, 0.000002]
 */
export function oneCycle(options: OneCycleOptions = {}): Schedule {
  const { peak = 0.1, steps = 100, rise = 0.3 } = options;
  const { divide = 25, finalDivide = 1e4, shape = "cosine" } = options;
  positive("peak", peak);
  wholeSteps("steps", steps);
  oneOf("shape", shape, ["cosine", "linear"]);
  positive("divide", divide);
  positive("finalDivide", finalDivide);
  const top = rise * steps - 1;
  if (!(top > 0 && top < steps - 1))
    throw new RangeError(
      `rise must leave steps for the way up and the way down, but it is ${rise} of ${steps}.\nHint: 0.3 is usual.`,
    );
  const [first, last] = [peak / divide, peak / divide / finalDivide];
  const between = shape === "cosine" ? cosineFall : straight;
  return defineSchedule(
    {
      name: "One cycle",
      settings: { peak, steps, rise, divide, finalDivide, shape },
      options,
      formula: String.raw`\alpha_0 \nearrow \alpha_{\max} \searrow \alpha_0 / d`,
      source:
        "Smith & Topin (2019), Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates. arXiv:1708.07120",
    },
    (t) => {
      if (t <= top) return between(first, peak, t / top);
      return between(peak, last, (Math.min(t, steps - 1) - top) / (steps - 1 - top));
    },
  );
}

const straight = (from: number, to: number, share: number): number => from + (to - from) * share;
