import { random } from "../engine/index.ts";
import { enough, type MadeOptions, madeOptions, type Table, tableOf } from "./Table.ts";

export interface SpiralsOptions extends MadeOptions {
  /** How many arms, one class each. Default 3. */
  readonly arms?: number;
  /** How often an arm goes round. Default 0.65. */
  readonly turns?: number;
}

/**
 * Arms of a spiral, one class each: a linear classifier does hardly better than guessing.
 *
 * @example
 * datasets.spirals({ samples: 30 }).y.max()   // → 2
 */
export function spirals(options: SpiralsOptions = {}): Table {
  const { samples = 300, noise = 0.05, seed = 1, arms = 3, turns = 0.65 } = options;
  madeOptions("spirals", options, ["arms", "turns"]);
  enough(samples, arms);
  const source = random(seed);
  const classes = source.permutation(samples).map((place) => place % arms);
  const rows = classes.map((arm) => {
    const radius = source.next();
    const angle = 2 * Math.PI * (turns * radius + arm / arms);
    const [dx, dy] = source.normal([2], 0, noise).data as unknown as [number, number];
    return [radius * Math.sin(angle) + dx, radius * Math.cos(angle) + dy];
  });
  return tableOf(rows, classes);
}
