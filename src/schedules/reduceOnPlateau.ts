import { completed, knownOptions, oneOf, positive } from "../options.ts";
import { shownAs } from "../shown.ts";
import { shrinking } from "./checks.ts";

export interface ReduceOnPlateauOptions {
  /** The rate to begin with. Default 0.1. */
  readonly rate?: number;
  /** What the rate is multiplied with. Default 0.1. */
  readonly factor?: number;
  /** So many bad checks in a row are forgiven. Default 10, as in PyTorch and Keras. */
  readonly patience?: number;
  /** By which share of the best value a check must be better to count. Default 1e-4. */
  readonly threshold?: number;
  /** So many checks after a cut are not counted. Default 0. */
  readonly cooldown?: number;
  /** The rate is cut no lower. Default 0. */
  readonly minimum?: number;
  /** Whether low values are good (a loss) or high ones (an accuracy). Default `"low"`. */
  readonly good?: "low" | "high";
}

/** What it remembers between checks: plain numbers. */
export interface PlateauState {
  readonly rate: number;
  /** The best value so far; null before the first check. */
  readonly best: number | null;
  /** Bad checks in a row. */
  readonly bad: number;
  /** Checks that will still be forgiven after the last cut. */
  readonly cooling: number;
}

/** A schedule that looks at how the run goes, and so has a state like an optimizer. */
export interface PlateauSchedule {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly source: string;
  start(): PlateauState;
  /** The state after one more value of what is watched, usually the validation loss of an epoch. */
  step(value: number, state: PlateauState): PlateauState;
}

/**
 * Reduce on plateau: the rate is cut when the watched value has not become better for a while.
 * Judge by the validation loss, and once per epoch: single batches are too noisy. A share of a negative
 * best value is one of its size; PyTorch takes −0.9999 for better than −1.
 *
 * @throws RangeError when a setting is out of range or the value is NaN
 *
 * @example
 * const plateau = reduceOnPlateau({ patience: 1 });
 * [5, 4, 4, 4].reduce((state, loss) => plateau.step(loss, state), plateau.start()).rate   // → 0.01
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): PlateauSchedule {
  knownOptions("reduceOnPlateau", options, Object.keys(defaults));
  const settings = completed(options, defaults);
  const { rate, factor, patience, cooldown, minimum } = settings;
  oneOf("good", settings.good, ["low", "high"]);
  positive("rate", rate);
  shrinking("factor", factor);
  for (const name of ["patience", "cooldown", "threshold", "minimum"] as const)
    if (!(settings[name] >= 0))
      throw new RangeError(
        `${name} must be at least 0, but it is ${settings[name]}.\nHint: 0 switches it off.`,
      );
  return shown({
    name: "Reduce on plateau",
    settings,
    source:
      "Paszke et al. (2019), PyTorch: An Imperative Style, High-Performance Deep Learning Library. arXiv:1912.01703",
    start: () => ({ rate, best: null, bad: 0, cooling: 0 }),
    step: (value, state) => {
      if (Number.isNaN(value))
        throw new RangeError(
          "The watched value is NaN.\nHint: the run has diverged; lower the rate from the start.",
        );
      const better = isBetter(value, state.best, settings);
      const cooling = Math.max(0, state.cooling - 1);
      const bad = better || state.cooling > 0 ? 0 : state.bad + 1;
      const best = better ? value : state.best;
      if (bad <= patience) return { rate: state.rate, best, bad, cooling };
      return { rate: cut(state.rate, factor, minimum), best, bad: 0, cooling: cooldown };
    },
  });
}

/** The same, and a notebook shows it by its settings. */
function shown(plateau: PlateauSchedule): PlateauSchedule {
  const { name, settings, source } = plateau;
  const text = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
  const value = () => ({ "text/plain": `${name} (${text.join(", ")})\n${source}` });
  return shownAs(plateau, value);
}

const defaults: Required<ReduceOnPlateauOptions> = {
  rate: 0.1,
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  cooldown: 0,
  minimum: 0,
  good: "low",
};

function isBetter(
  value: number,
  best: number | null,
  { good, threshold }: Required<ReduceOnPlateauOptions>,
): boolean {
  if (best === null) return true;
  const share = Math.sign(best) * threshold;
  return good === "low" ? value < best * (1 - share) : value > best * (1 + share);
}

/** A cut of less than 1e-8 is not worth making, as in PyTorch. */
function cut(rate: number, factor: number, minimum: number): number {
  const lower = Math.max(rate * factor, minimum);
  return rate - lower > 1e-8 ? lower : rate;
}
