import { bad, type Item, short } from "../Item.ts";
import { curveOf, mean } from "./curve.ts";
import type { RunRecord } from "./RunRecord.ts";

/** Whether validation turned while training went on. */
export function overfitting({ train, validation }: RunRecord): readonly Item[] {
  if (!validation || validation.length < 8) return [];
  const smooth = smoothed(Array.from(validation));
  const { least, last, range } = curveOf(smooth);
  const best = smooth.indexOf(least);
  const rise = last - least;
  const turned = rise > 0.1 * Math.abs(least) && rise > 0.02 * range && best < 0.9 * smooth.length;
  const losses = smoothed(Array.from(train));
  const gap =
    last > 3 * losses.at(-1)! && last > 0.8 * smooth[0]! && losses.at(-1)! < 0.3 * losses[0]!;
  const learned = losses.at(-1)! <= losses[Math.min(best, losses.length - 1)]!;
  if (!learned || !(turned || gap)) return [];
  return [
    bad("overfitting", "failed", {
      evidence: turned
        ? `The validation loss was least at entry ${best}, ${short(least)}, and rose to ${short(last)}, while the training loss fell to ${short(losses.at(-1)!)}.`
        : `The training loss fell from ${short(losses[0]!)} to ${short(losses.at(-1)!)}, the validation loss stayed at ${short(last)}.`,
      remedy:
        "Stop early and keep the best parameters; more data, a smaller model, weight decay or dropout help before that.",
      lesson: "19",
    }),
  ];
}

/** Means of five neighbours, so that one lucky epoch is no turning point. */
const smoothed = (values: readonly number[]) =>
  values.map((_, i) => mean(values.slice(Math.max(0, i - 2), i + 3)));

/** What predicted classes show that a loss does not. */
export function classFaults(run: RunRecord): readonly Item[] {
  const { labels, predictions, metric } = run;
  if (!labels || !predictions || labels.length !== predictions.length || !labels.length) return [];
  const [truth, said] = [Array.from(labels), Array.from(predictions)];
  const kinds = [...new Set(truth)].toSorted((a, b) => a - b);
  const shares = kinds.map((kind) => truth.filter((label) => label === kind).length / truth.length);
  const recalls = kinds.map((kind) => recallOf(kind, truth, said));
  const never = kinds.filter((kind) => !said.includes(kind));
  const right = truth.filter((label, i) => label === said[i]).length / truth.length;
  const faults: Item[] = [];
  if (never.length && kinds.length > 1) faults.push(collapse(never, kinds, said));
  const common = Math.max(...shares);
  const balanced = mean(recalls);
  const flattered = right - balanced > 0.15 && common > 0.75;
  if (flattered && (metric === undefined || /accura/i.test(metric)))
    faults.push(wrongMetric({ right, common, balanced, rare: Math.min(...recalls) }));
  return faults;
}

function recallOf(kind: number, truth: readonly number[], said: readonly number[]): number {
  const own = truth.flatMap((label, i) => (label === kind ? [said[i] === kind] : []));
  return own.filter(Boolean).length / own.length;
}

function collapse(
  never: readonly number[],
  kinds: readonly number[],
  said: readonly number[],
): Item {
  const given = [...new Set(said)];
  return bad("class collapse", "failed", {
    evidence: `Of ${kinds.length} classes the model never says ${never.join(", ")}${given.length === 1 ? `: every sample is called ${given[0]}` : ""}.`,
    remedy:
      "Look at labels and shuffling first; then at weights of classes, a rate that is too high at the start, and the threshold.",
    lesson: "19",
  });
}

const wrongMetric = (seen: {
  readonly right: number;
  readonly common: number;
  readonly balanced: number;
  readonly rare: number;
}): Item =>
  bad("wrong metric", "failed", {
    evidence: `Accuracy is ${short(seen.right)}, but always saying the most frequent class has ${short(seen.common)}; of the worst class ${short(100 * seen.rare)} % are found, and balanced accuracy is ${short(seen.balanced)}.`,
    remedy:
      "Judge by recall, F1, Matthews' correlation or average precision, and move the threshold by costs.",
    lesson: "19",
  });
