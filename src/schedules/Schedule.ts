import { knownOptions } from "../options.ts";
import { shownAs } from "../shown.ts";
/** What a schedule is: the rate of each step, and what a lesson says about it. */
export interface ScheduleFacts {
  readonly name: string;
  /** The numbers it was made with, by the names of its options. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The rate in TeX, with t for the number of steps made. */
  readonly formula: string;
  readonly source: string;
}

/**
 * A learning-rate schedule is a function from the number of steps made to the next rate.
 * An optimizer takes one wherever it takes a learning rate; nothing is counted or kept.
 */
export interface Schedule extends ScheduleFacts {
  /** @throws RangeError when the step is negative or NaN */
  (step: number): number;
}

/** What one writes down to make a schedule. */
export interface NewSchedule extends ScheduleFacts {
  /** What its maker was called with: an option that is no setting is refused. */
  readonly options?: object;
}

/**
 * Makes a schedule from its facts and its formula. The library's own are made this way; so are yours.
 *
 * @example
 * const halves = defineSchedule({ name: "Halves", settings: {}, formula: "2^{-t}", source: "mine (2026)" }, (t) => 2 ** -t);
 * [0, 1, 2].map(halves)   // → [1, 0.5, 0.25]
 */
export function defineSchedule(
  { options = {}, ...facts }: NewSchedule,
  rate: (step: number) => number,
): Schedule {
  knownOptions(facts.name, options, Object.keys(facts.settings));
  const schedule = (step: number): number => {
    if (step >= 0) return rate(step);
    throw new RangeError(
      `A schedule is asked for a step from 0 on, but got ${step}.\nHint: the first step is 0.`,
    );
  };
  for (const [key, value] of Object.entries(facts))
    Object.defineProperty(schedule, key, { value, enumerable: true });
  return shownAs(schedule, () => display(facts)) as Schedule; // it has just got each of its facts
}

/** What a notebook shows of a schedule: its formula in TeX, and its settings. */
function display({ name, settings, formula, source }: ScheduleFacts): Record<string, string> {
  const plain = JSON.stringify(settings).replaceAll('"', "").replaceAll(",", ", ");
  return {
    "text/plain": `${name} ${plain}\n  ${formula}\n${source}`,
    "text/markdown": `**${name}** \`${plain}\`\n\n$$\\alpha_t = ${formula}$$\n\n${source}`,
  };
}
