import type { Figure } from "./Figure.ts";
import { line } from "./line.ts";
import { evenly } from "./numbers.ts";

export interface SchedulesOptions {
  /** How many steps to draw. Default 100. */
  readonly steps?: number;
  readonly title?: string;
  /** Logarithmic rates. */
  readonly log?: boolean;
}

/** A schedule of ours has a name; so has every function that was given one. */
type NamedRate = ((step: number) => number) & { readonly name: string };

/**
 * Draws learning-rate schedules: functions from the number of a step to its rate.
 * A schedule that jumps is drawn as stairs, for a rate holds for a whole step.
 *
 * @example
 * plot.schedules({ halving: (step) => 0.1 * 0.5 ** Math.floor(step / 30) }, { steps: 100 }).data[0].y[30] // → 0.05
 */
export function schedules(
  rates: readonly NamedRate[] | Readonly<Record<string, (step: number) => number>>,
  { steps = 100, title, log = false }: SchedulesOptions = {},
): Figure {
  const stride = Math.max(1, Math.ceil(steps / 1000));
  const x = evenly(0, steps, steps + 1).filter((step) => step % stride === 0);
  const named = isList(rates)
    ? rates.map((rate) => [rate.name, rate] as const)
    : Object.entries(rates);
  const series = named.map(
    ([name, rate]) => [name, { x, y: x.map((step) => rate(step)) }] as const,
  );
  const figure = line(Object.fromEntries(series), {
    x: "step",
    y: "learning rate",
    markers: false,
    ...(title !== undefined && { title }),
    ...(log && { log: "y" }),
  });
  return figure.data.reduce(
    (stairs, { y }, index) =>
      jumps(y as number[]) ? stairs.trace(index, { line: { shape: "hv" } }) : stairs,
    figure,
  );
}

const isList = (rates: object): rates is readonly NamedRate[] => Array.isArray(rates);

// Whether one step changes the rate far more than the steps beside it do.
const jumps = (rates: readonly number[]): boolean => {
  const changes = rates.map((rate, k) => Math.abs(rate - (rates[k - 1] ?? rate)));
  const large = Math.max(...changes) / 2;
  return changes.some(
    (change, k) =>
      change > large && 4 * Math.max(changes[k - 1] ?? 0, changes[k + 1] ?? 0) < change,
  );
};
