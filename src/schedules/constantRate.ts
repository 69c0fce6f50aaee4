import { positive } from "../options.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface ConstantRateOptions {
  /** Default 0.01. */
  readonly rate?: number;
}

/**
 * Constant rate: the same for every step.
 * With noisy gradients the run does not settle but keeps wandering at a distance in proportion to it.
 *
 * @throws RangeError when rate is not positive
 *
 * @example
 * [0, 100].map(constantRate({ rate: 0.1 }))   // → [0.1, 0.1]
 */
export function constantRate(options: ConstantRateOptions = {}): Schedule {
  const { rate = 0.01 } = options;
  positive("rate", rate);
  return defineSchedule(
    {
      name: "Constant rate",
      settings: { rate },
      options,
      formula: String.raw`\alpha`,
      source:
        "Cauchy (1847), Méthode générale pour la résolution des systèmes d'équations simultanées",
    },
    () => rate,
  );
}
