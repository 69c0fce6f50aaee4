import { notNegative, oneOf, positive } from "../options.ts";
import { wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface InverseTimeOptions {
  /** The rate of the first step. Default 0.1. */
  readonly rate?: number;
  /** How much 1/rate grows by, in shares of itself, in so many steps. Default 1: half the rate after `every` steps. */
  readonly decay?: number;
  /** In how many steps. Default 10. */
  readonly every?: number;
  /** Falls `"smoothly"` with each step, or in `"stairs"` every so many (Keras: `staircase`). Default `"smoothly"`. */
  readonly shape?: "smoothly" | "stairs";
}

/**
 * Inverse time: the rate falls as 1/t, as Keras' `InverseTimeDecay`.
 * Its steps add up without bound, so that it can go anywhere, while their squares do not, so that the noise
 * of batches dies away: with that stochastic descent arrives. In practice it soon becomes slow.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 10, 30].map(inverseTime({ rate: 0.8 }))                     // → [0.8, 0.4, 0.2]
 * [9, 10, 19].map(inverseTime({ rate: 0.8, shape: "stairs" }))    // → [0.8, 0.4, 0.4]
 */
export function inverseTime(options: InverseTimeOptions = {}): Schedule {
  const { rate = 0.1, decay = 1, every = 10, shape = "smoothly" } = options;
  positive("rate", rate);
  notNegative("decay", decay);
  wholeSteps("every", every);
  oneOf("shape", shape, ["smoothly", "stairs"]);
  return defineSchedule(
    {
      name: "Inverse time",
      settings: { rate, decay, every, shape },
      options,
      formula:
        shape === "smoothly"
          ? String.raw`\frac{\alpha}{1 + \gamma\, t / n}`
          : String.raw`\frac{\alpha}{1 + \gamma \lfloor t / n \rfloor}`,
      source:
        "Robbins & Monro (1951), A Stochastic Approximation Method. doi:10.1214/aoms/1177729586",
    },
    (t) => rate / (1 + decay * (shape === "smoothly" ? t / every : Math.floor(t / every))),
  );
}
