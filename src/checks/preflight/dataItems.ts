import { type Tensor, tensor } from "../../engine/index.ts";
import { bad, type Item, passed, short, skipped } from "../Item.ts";
import type { Flight } from "./Plan.ts";

/** Whether all numbers are there: one NaN makes every parameter NaN. */
export function finiteNumbers({ x, y }: Flight): Item {
  const name = "numbers";
  for (const [letter, values] of [
    ["x", x],
    ["y", y],
  ] as const) {
    const at = values.data.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    const width = values.size / values.shape[0]!;
    return bad(name, "failed", {
      evidence: `${letter} is ${values.data[at]} in row ${Math.floor(at / width)}${width > 1 ? `, column ${at % width}` : ""}.`,
      remedy: "Leave such rows out, or fill them in.",
      lesson: "20",
    });
  }
  return passed(name, `All ${x.size + y.size} numbers are finite.`);
}

/** One target for each sample, and one prediction for each target. */
export function shapes({ x, y, predicted, layout }: Flight): Item {
  const name = "shapes";
  const words = { lesson: "20" } as const;
  if (x.shape[0] !== y.shape[0])
    return bad(name, "failed", {
      evidence: `x has ${x.shape[0]} rows, y has ${y.shape[0]}.`,
      remedy: "Samples stand in rows: x [samples, features], y [samples].",
      ...words,
    });
  let prediction: Tensor;
  try {
    prediction = predicted(layout.values);
  } catch (error) {
    const [evidence, hint] = inTwo(error);
    return bad(name, "failed", {
      evidence: `The model throws on this data: ${evidence}`,
      remedy: hint ?? "Call the model by itself on the first rows of x.",
      ...words,
    });
  }
  const [left, right] = [prediction.shape.join(", "), y.shape.join(", ")];
  const spread = prediction.shape.length !== y.shape.length && prediction.size === y.size;
  if (spread)
    return bad(name, "failed", {
      evidence: `Predictions have shape [${left}] and targets [${right}]: subtracted, they make ${prediction.size} × ${y.size} pairs.`,
      remedy: `Reshape the predictions to [${right}].`,
      ...words,
    });
  if (prediction.shape[0] !== y.shape[0])
    return bad(name, "failed", {
      evidence: `There are ${y.shape[0]} targets, but the predictions have shape [${left}].`,
      remedy: "The model should give one prediction for each row of x.",
      ...words,
    });
  return passed(name, `x [${x.shape.join(", ")}], predictions [${left}], targets [${right}].`);
}

/** The sentence and the hint of one of our errors. */
export function inTwo(error: unknown): readonly [string, string?] {
  const [sentence = "", hint] = (error instanceof Error ? error.message : String(error)).split(
    "\n",
  );
  return hint ? [sentence, hint.replace(/^Hint: /, "")] : [sentence];
}

interface Column {
  readonly mean: number;
  readonly spread: number;
}

function columnsOf(values: Tensor): readonly Column[] {
  const count = values.shape[0]!;
  const width = values.size / count;
  return Array.from({ length: width }, (_, j) => {
    const column = Array.from({ length: count }, (_, i) => values.data[i * width + j]!);
    const mean = column.reduce((sum, value) => sum + value / count, 0);
    const square = column.reduce((sum, value) => sum + (value - mean) ** 2 / count, 0);
    // The mean of equal numbers is rounded, and what is left would pass for a spread.
    const still = column.every((value) => value === column[0]);
    return { mean, spread: still ? 0 : Math.sqrt(square) };
  });
}

/** Features of very different size make the landscape a narrow valley, and every step a compromise. */
export function scaling({ x }: Flight): Item {
  const name = "scaling of x";
  const columns = columnsOf(x);
  const spreads = columns.map(({ spread }) => spread).filter((spread) => spread > 0);
  if (!spreads.length) return skipped(name, "No feature varies.");
  const [least, most] = [Math.min(...spreads), Math.max(...spreads)];
  const farOff = columns.findIndex(
    ({ mean, spread }) => spread > 0 && Math.abs(mean) > 10 * spread,
  );
  const remedy =
    "Standardise: datasets.standardise(x) of the training part, applied to every part.";
  if (most > 30 * least)
    return bad(name, "failed", {
      evidence: `The features' standard deviations go from ${short(least)} to ${short(most)}, a ratio of ${short(most / least)}.`,
      remedy,
      lesson: "17",
    });
  if (most > 30 || most < 0.01)
    return bad(name, "look", {
      evidence: `The features' standard deviations go from ${short(least)} to ${short(most)}; rates and initial weights suit about 1.`,
      remedy,
      lesson: "17",
    });
  if (farOff >= 0)
    return bad(name, "look", {
      evidence: `Column ${farOff} of x has mean ${short(columns[farOff]!.mean)} and standard deviation ${short(columns[farOff]!.spread)} only.`,
      remedy,
      lesson: "17",
    });
  return passed(name, `Standard deviations from ${short(least)} to ${short(most)}.`);
}

/** Numbers to predict should be of the size that a fresh model gives. */
export function targetScaling({ y, kind }: Flight): Item {
  const name = "scaling of y";
  if (kind.kind !== "numbers") return skipped(name, "The targets are labels.");
  const [{ mean, spread }] = columnsOf(y) as [Column];
  if (spread === 0 && y.size > 1)
    return bad(name, "look", {
      evidence: `All ${y.size} targets are ${short(mean)}: there is nothing to learn from x.`,
      remedy: "Look at how the targets were read; of two classes both must occur.",
      lesson: "17",
    });
  const seen = `The targets have mean ${short(mean)} and standard deviation ${short(spread)}`;
  if (spread > 30 || Math.abs(mean) > 30 * Math.max(spread, 1))
    return bad(name, "look", {
      evidence: `${seen}; a fresh model predicts about 0 ± 1.`,
      remedy: "Standardise the targets as well, and undo it for the predictions.",
      lesson: "17",
    });
  return passed(name, `${seen}.`);
}

/** How often each class occurs, and whether the rows are sorted by it. */
export function classes({ y, kind }: Flight): Item {
  const name = "classes";
  if (kind.kind === "numbers" || kind.kind === "rows") return skipped(name, "No labels.");
  const labels = Array.from(y.data);
  const counts = [...new Set(labels)].map((label) => ({
    label,
    share: labels.filter((other) => other === label).length / labels.length,
  }));
  const rarest = counts.toSorted((a, b) => a.share - b.share)[0]!;
  if (rarest.share < 0.1)
    return bad(name, "look", {
      evidence: `Only ${short(100 * rarest.share)} % of the samples are of class ${rarest.label}: always naming another class is right in ${short(100 * (1 - rarest.share))} %.`,
      remedy:
        "Watch recall, F1 or average precision beside accuracy; weights change the calibration.",
      lesson: "19",
    });
  const changes = labels.filter((label, i) => i > 0 && label !== labels[i - 1]).length;
  if (labels.length >= 20 && changes < counts.length)
    return bad(name, "look", {
      evidence: "The rows are sorted by class.",
      remedy: "Shuffle before every epoch, or batches teach one class after the other.",
      lesson: "13",
    });
  return passed(name, `${counts.length} classes, the rarest has ${short(100 * rarest.share)} %.`);
}

/** Samples that stand in both parts make the validation loss a training loss. */
export function leak({ plan, x }: Flight): Item {
  const name = "leak";
  if (!plan.validation) return skipped(name, "No validation samples were given.");
  const rowsOf = (values: Tensor) => {
    const width = values.size / values.shape[0]!;
    return Array.from({ length: values.shape[0]! }, (_, i) =>
      values.data.slice(i * width, (i + 1) * width).join(),
    );
  };
  const known = new Set(rowsOf(x));
  const rows = rowsOf(tensor(plan.validation.x));
  const shared = rows.filter((row) => known.has(row)).length;
  if (shared > 0.05 * rows.length)
    return bad(name, "failed", {
      evidence: `${shared} of ${rows.length} validation samples are training samples, too.`,
      remedy: "Split first, then scale and augment the training part.",
      lesson: "20",
    });
  return passed(name, `${shared} of ${rows.length} validation samples are training samples.`);
}
