import { positive } from "../options.ts";
import { wholeSteps } from "./checks.ts";
import { defineSchedule, type Schedule } from "./Schedule.ts";

export interface LearningRateFinderOptions {
  /** The first rate. Default 1e-6. */
  readonly from?: number;
  /** The last rate. Default 10. */
  readonly to?: number;
  /** How many steps the rise takes. Default 100. */
  readonly steps?: number;
}

/** What the losses of a rising rate tell. */
export interface FoundRate {
  /** The rate at the lowest loss. */
  readonly atMinimum: number;
  /**
   * The first rate at which the loss is no number, or exceeds the lowest by 3 times its size (4 times the
   * lowest, where losses are positive); undefined if there is none.
   */
  readonly blowUp: number | undefined;
  /** A tenth of the rate at the minimum. */
  readonly suggestion: number;
}

export interface LearningRateFinder {
  /** The rates to train with, one step each. */
  readonly schedule: Schedule;
  /** Whether the loss has blown up, so that no further step tells anything. */
  isOver(losses: readonly number[]): boolean;
  /**
   * Reads the losses before each step.
   *
   * @throws RangeError when there are none
   */
  read(losses: readonly number[]): FoundRate;
}

/**
 * Learning-rate finder: train with a rate that grows by the same factor in each step, and see where
 * the loss is lowest and where it blows up.
 * The loss lags behind: by the time it rises the rate is long too high. So take a tenth of the rate
 * at the minimum, as is usual, and compare with 2/λ where it can be computed.
 *
 * @throws RangeError when a setting is out of range; the message names it
 *
 * @example
 * [0, 50, 100].map(learningRateFinder({ from: 0.01, to: 1 }).schedule)                      // → [0.01, 0.1, 1]
 * learningRateFinder({ from: 1, to: 1000, steps: 3 }).read([5, 4, 2, 9])                    // → { atMinimum: 100, blowUp: 1000, suggestion: 10 }
 */
export function learningRateFinder(options: LearningRateFinderOptions = {}): LearningRateFinder {
  const { from = 1e-6, to = 10, steps = 100 } = options;
  positive("from", from);
  positive("to", to);
  wholeSteps("steps", steps);
  const schedule = defineSchedule(
    {
      name: "Learning-rate finder",
      settings: { from, to, steps },
      options,
      formula: String.raw`\alpha_0\, (\alpha_T / \alpha_0)^{t / T}`,
      source:
        "Smith (2017), Cyclical Learning Rates for Training Neural Networks. arXiv:1506.01186",
    },
    (t) => from * (to / from) ** (t / steps),
  );
  return {
    schedule,
    isOver: (losses) => isBlownUp(losses.at(-1) ?? 0, Math.min(...losses)),
    read: (losses) => reading(losses, schedule),
  };
}

/** Whether a loss is far above the lowest; the distance counts, since log-likelihoods may be negative. */
const isBlownUp = (loss: number, lowest: number): boolean =>
  !(loss - lowest <= 3 * Math.abs(lowest));

function reading(losses: readonly number[], schedule: Schedule): FoundRate {
  const finite = losses.map((loss) => (Number.isFinite(loss) ? loss : Infinity));
  const lowest = finite.reduce((low, loss) => Math.min(low, loss), Infinity);
  if (lowest === Infinity)
    throw new RangeError(
      `The finder reads the losses of its steps, but of ${losses.length} none is a number.\nHint: begin with a smaller rate (from).`,
    );
  const minimum = finite.indexOf(lowest);
  const blown = finite.findIndex((loss, i) => i > minimum && isBlownUp(loss, lowest));
  const atMinimum = schedule(minimum);
  return {
    atMinimum,
    blowUp: blown < 0 ? undefined : schedule(blown),
    suggestion: atMinimum / 10,
  };
}
