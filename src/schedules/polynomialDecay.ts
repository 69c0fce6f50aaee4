import { positive } from "../options.ts";
import { below, wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface PolynomialDecayOptions {
  /** The rate of the first step. Default 0.1. */
  readonly rate?: number;
  /** The rate at the end and after it. Default 0. */
  readonly end?: number;
  /** After how many steps the end is reached. Default 100. */
  readonly steps?: number;
  /** 1 falls in a straight line, 2 fast at first. Default 1. */
  readonly power?: number;
}

/**
 * Polynomial decay: down to `end` in so many steps, in a straight line unless `power` bends it.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 50, 100, 200].map(polynomialDecay({ rate: 0.8 }))   // → [0.8, 0.4, 0, 0]
 */
export function polynomialDecay(options: PolynomialDecayOptions = {}): Schedule {
  const { rate = 0.1, end = 0, steps = 100, power = 1 } = options;
  below("end", end, rate);
  wholeSteps("steps", steps);
  positive("power", power);
  return defineSchedule(
    {
      name: "Polynomial decay",
      settings: { rate, end, steps, power },
      options,
      formula: String.raw`\alpha_T + (\alpha - \alpha_T)\, (1 - t / T)^p`,
      source: "Chen et al. (2018), DeepLab: Semantic Image Segmentation. arXiv:1606.00915",
    },
    (t) => end + (rate - end) * (1 - Math.min(t, steps) / steps) ** power,
  );
}
