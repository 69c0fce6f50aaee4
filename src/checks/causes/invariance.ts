import type { ParameterGroup } from "../parameterLayout.ts";
import { type Finder, type Finding, scopeOf, within } from "./Evidence.ts";
import { dot, type Numbers, norm, pick } from "./vectors.ts";

/**
 * Some functions stay the same when all entries are shifted or stretched together, as softmax,
 * normalisation and cosine do; their slopes then add up to 0 along that move. A gradient that does
 * not keep this law has lost the derivative of the mean, the length or the sum that divides.
 */
export const invariance: Finder = (evidence, { group }) => {
  const readings = [evidence, ...evidence.farther()];
  if (!group || group.size < 2 || readings.length < 4) return undefined;
  const parts = readings.map((reading) => within(scopeOf(group), reading));
  // Where entries are left out, it is not a law that is broken but the list that is not full.
  if (parts.some(({ yours }) => yours.includes(0))) return undefined;
  for (const { says, breaks } of lawsOf(group)) {
    const kept = parts.every(({ numeric, values }) => breaks(numeric, values) < 1e-6);
    const broken = parts.every(({ yours, values }) => breaks(yours, values) > 1e-3);
    if (kept && broken) return findingFor(says);
  }
  return undefined;
};

interface Law {
  readonly says: string;
  /** How far a list of slopes is from keeping it, relative to the slopes themselves. */
  breaks(slopes: Numbers, values: Numbers): number;
}

function lawsOf({ shape, size }: ParameterGroup): readonly Law[] {
  const [rows = 1, columns = 1] = shape.length === 2 ? shape : [1, size];
  const line = (count: number, at: (line: number, k: number) => number, length: number) =>
    Array.from({ length: count }, (_, i) => Array.from({ length }, (_, k) => at(i, k)));
  const inRows = line(rows, (i, k) => i * columns + k, columns);
  const inColumns = line(columns, (j, k) => k * columns + j, rows);
  const sums = (lines: readonly (readonly number[])[]) => (slopes: Numbers) =>
    norm(lines.map((line) => pick(slopes, line).reduce((sum, value) => sum + value, 0))) /
    (norm(slopes) || 1);
  const shift = (where: string) =>
    `the function stays the same when one number is added to all entries${where}, so the right slopes add up to 0 there`;
  return [
    {
      says: "the function stays the same when all entries are stretched by one factor, so the right slopes are at right angles to the parameters",
      breaks: (slopes, values) =>
        Math.abs(dot(slopes, values)) / (norm(slopes) * norm(values) || 1),
    },
    ...(shape.length === 2
      ? [
          { says: shift(" of a row"), breaks: sums(inRows) },
          { says: shift(" of a column"), breaks: sums(inColumns) },
        ]
      : [{ says: shift(""), breaks: sums(inRows) }]),
  ];
}

const findingFor = (law: string): Finding => ({
  kind: "invariance",
  says: `breaks a law of this function: ${law}, and yours are not: the derivative of what normalises (a mean, a length, the sum in softmax) is missing or wrong.`,
  hints: [
    "Shift or stretch the parameters together and see that the function stays the same.",
    `Here ${law}.`,
    "Differentiate the mean, the length or the sum as well: it depends on every entry.",
  ],
});
