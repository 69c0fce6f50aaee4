import { random } from "../engine/index.ts";
import { enough, type MadeOptions, madeOptions, type Table, tableOf } from "./Table.ts";

/**
 * Two half circles that reach into each other: no straight line parts them.
 * As `make_moons` of scikit-learn, with the classes in random order.
 *
 * @example
 * datasets.moons({ samples: 40 }).x.shape   // → [40, 2]
 */
export function moons(options: MadeOptions = {}): Table {
  const { samples = 200, noise = 0.1, seed = 1 } = options;
  madeOptions("moons", options);
  enough(samples, 4);
  const source = random(seed);
  const outer = Math.floor(samples / 2);
  const classes = source.permutation(samples).map((place) => (place < outer ? 0 : 1));
  const rows = classes.map((label) => {
    const angle = Math.PI * source.next();
    const [dx, dy] = source.normal([2], 0, noise).data as unknown as [number, number];
    return label === 0
      ? [Math.cos(angle) + dx, Math.sin(angle) + dy]
      : [1 - Math.cos(angle) + dx, 0.5 - Math.sin(angle) + dy];
  });
  return tableOf(rows, classes);
}
