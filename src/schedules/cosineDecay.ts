import { oneOf } from "../options.ts";
import { below, wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface CosineDecayOptions {
  /** The rate of the first step. Default 0.1. */
  readonly rate?: number;
  /** The rate at the end. Default 0. */
  readonly end?: number;
  /** After how many steps the end is reached. Default 100. */
  readonly steps?: number;
  /**
   * What comes after: `"stay"` at the end (Optax, Keras), or `"rise"` along the cosine again, as
   * PyTorch's CosineAnnealingLR does. Default `"stay"`.
   */
  readonly after?: "stay" | "rise";
}

/**
 * Cosine decay: slow at first, fast in the middle, slow towards the end.
 * It only ever falls on its way (it does not oscillate, as is often said; restarts do).
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 50, 100, 200].map(cosineDecay({ rate: 0.8 }))   // → [0.8, 0.4, 0, 0]
 */
export function cosineDecay(options: CosineDecayOptions = {}): Schedule {
  const { rate = 0.1, end = 0, steps = 100, after = "stay" } = options;
  below("end", end, rate);
  wholeSteps("steps", steps);
  oneOf("after", after, ["stay", "rise"]);
  return defineSchedule(
    {
      name: "Cosine decay",
      settings: { rate, end, steps, after },
      options,
      formula: String.raw`\alpha_T + \tfrac12 (\alpha - \alpha_T)(1 + \cos(\pi t / T))`,
      source:
        "Loshchilov & Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts. arXiv:1608.03983",
    },
    (t) => cosineFall(rate, end, (after === "stay" ? Math.min(t, steps) : t) / steps),
  );
}

/** From one rate to another along half a cosine; `share` says how much of the way is done. */
export const cosineFall = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
