import { knownOptions, oneOf } from "../options.ts";
import { type Tally, tallies } from "./confusionMatrix.ts";
import { mean, type Numbers, sum } from "./numbers.ts";

/** How a score of each class becomes one number. */
export interface AverageOptions {
  /**
   * `"binary"`: the score of the positive class. `"macro"`: the mean over classes. `"weighted"`: the
   * mean weighted by how often each class is true. `"micro"`: of all hits, alarms and misses together.
   * Default `"binary"`.
   */
  readonly average?: "binary" | "macro" | "weighted" | "micro";
  /** The positive class. Default 1. */
  readonly positive?: number;
  /** The score where it would be 0/0, such as the precision of a class never named. Default 0, as in scikit-learn. */
  readonly zeroDivision?: number;
}

/** A score made of above / below, averaged over classes as asked. */
export function averaged(
  metric: string,
  prediction: Numbers,
  target: Numbers,
  options: AverageOptions,
  parts: (tally: Omit<Tally, "label">) => readonly [above: number, below: number],
): number {
  const { average = "binary", positive = 1, zeroDivision = 0 } = options;
  knownOptions(metric, options, ["average", "positive", "zeroDivision"]);
  oneOf("average", average, ["binary", "macro", "weighted", "micro"]);
  const all = tallies(metric, prediction, target);
  const score = (tally: Omit<Tally, "label">) => {
    const [above, below] = parts(tally);
    return below === 0 ? zeroDivision : above / below;
  };
  if (average === "binary") return score(binary(metric, all, positive));
  if (average === "macro") return mean(all.map(score));
  if (average === "micro")
    return score({
      hits: sum(all.map(({ hits }) => hits)),
      alarms: sum(all.map(({ alarms }) => alarms)),
      misses: sum(all.map(({ misses }) => misses)),
    });
  const supports = all.map(({ hits, misses }) => hits + misses);
  return sum(all.map((tally, c) => score(tally) * supports[c]!)) / sum(supports);
}

function binary(metric: string, all: readonly Tally[], positive: number): Omit<Tally, "label"> {
  if (all.length > 2)
    throw new RangeError(
      `${metric} of ${all.length} classes (${all.map(({ label }) => label).join(", ")}) needs to know how to average.\nHint: { average: "macro" }, or "micro" or "weighted".`,
    );
  return all.find(({ label }) => label === positive) ?? { hits: 0, alarms: 0, misses: 0 };
}
