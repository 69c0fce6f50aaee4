import { entryName, type ParameterGroup } from "../parameterLayout.ts";
import { type Finder, within } from "./Evidence.ts";
import { constant, near, pick, short } from "./vectors.ts";

/**
 * Some entries of a group are right and others are not: which, and what they have in common, which
 * is looked for by another finder where it is not plain.
 */
export const someEntries =
  (cause?: Finder): Finder =>
  (evidence, scope) => {
    const { yours, numeric, values } = within(scope, evidence);
    const wrong = yours.flatMap((value, i) =>
      near([value], [numeric[i]!], evidence.close) ? [] : [i],
    );
    if (!wrong.length || wrong.length === yours.length || !scope.group) return undefined;
    const [got, right] = [pick(yours, wrong), pick(numeric, wrong)];
    const there = { indices: pick(scope.indices, wrong) };
    const inner = wrong.length > 1 ? cause?.(evidence, there) : undefined;
    const what = inner ? `there it ${inner.says.replace(/\.$/, "")}` : behaviour(got, right);
    if (!cause && what === unclear) return undefined;
    const side = sideOf(
      pick(values, wrong),
      values.filter((_, i) => !wrong.includes(i)),
    );
    const where = side ?? placesOf(scope.group, wrong);
    return {
      kind: inner?.kind ?? (side ? "region" : "some entries"),
      says: `is wrong only ${where} (${wrong.length} of ${yours.length} entries); ${what}.`,
      hints: [
        `Look at the entries that are wrong: ${where}.`,
        "The others are right, so the formula is right and a case or a loop's bound is not.",
        `Write these entries like the others; ${what}.`,
      ],
    };
  };

const unclear = "there it follows another formula";

function behaviour(got: readonly number[], right: readonly number[]): string {
  const ratio = constant(
    got.map((value, i) => value / right[i]!),
    1e-4,
  );
  if (got.every((value) => value === 0)) return "there it is 0, as if never set";
  if (right.every((value) => Math.abs(value) < 1e-9)) return "there it should be 0";
  if (ratio === undefined) return unclear;
  return Math.abs(ratio + 1) < 1e-4
    ? "there it has the wrong sign"
    : `there it is ${short(ratio)} times what it should be`;
}

/** The wrong entries are just those where the parameter is negative, or positive. */
function sideOf(wrong: readonly number[], right: readonly number[]): string | undefined {
  if (wrong.length < 2 || right.length < 2) return undefined;
  if (wrong.every((value) => value < 0) && right.every((value) => value >= 0))
    return "where the parameter is negative";
  if (wrong.every((value) => value > 0) && right.every((value) => value <= 0))
    return "where the parameter is positive";
  return undefined;
}

function placesOf(group: ParameterGroup, wrong: readonly number[]): string {
  const [rows = 1, columns = 1] = group.shape;
  if (group.shape.length === 2)
    for (const [word, count, of] of [
      ["row", rows, (i: number) => Math.floor(i / columns)],
      ["column", columns, (i: number) => i % columns],
    ] as const) {
      const lines = new Set(wrong.map(of));
      if (lines.size === 1 && wrong.length === (rows * columns) / count)
        return `in ${word} ${[...lines][0]}`;
    }
  const [first = 0, last = 0] = [wrong[0], wrong.at(-1)];
  if (wrong.length > 2 && last - first === wrong.length - 1)
    return `from ${entryName(group, first)} to ${entryName(group, last)}`;
  const names = wrong.slice(0, 4).map((i) => entryName(group, i));
  return `at ${names.join(", ")}${wrong.length > 4 ? ", …" : ""}`;
}
