import { entryName, type ParameterGroup } from "../parameterLayout.ts";
import type { Evidence, Finder, Finding, Reading, Region, Scope } from "./Evidence.ts";
import { exactFit } from "./fit.ts";
import { constant, factorBetween, type Numbers, near, norm, pick, short } from "./vectors.ts";

/**
 * How often each sample is in the gradient: its own slopes, at several parameters, are the columns
 * of a linear system, and where that has one solution the weights are known: a sum that was
 * overwritten, a loop that ends too early, a class that counts twice.
 */
export const sampleWeights: Finder = (evidence, scope) => {
  const count = evidence.batch?.size ?? 0;
  if (count < 2 || count > mostSamples || evidence.elementwise) return undefined;
  const weighing = weighingOf(evidence, count, scope);
  if (!weighing) return undefined;
  const all = foundWeights(weighing, scope.indices, evidence.close);
  const parts = all && partsOf(all, evidence.close);
  if (all) return parts && findingOf(parts, evidence.regions(), count, weighing.right);
  const groups = scope.group
    ? [scope.group]
    : evidence.layout.groups.filter(({ offset }) => scope.indices.includes(offset));
  return inBlocks(weighing, evidence, groups);
};

const mostSamples = 24;

/** The gradient under test and each sample's slopes, at a few parameters. */
interface Weighing {
  readonly readings: readonly Reading[];
  /** shares[k][i]: the slopes on sample i alone, at the parameters of reading k. */
  readonly shares: readonly (readonly Numbers[])[];
  /** How often the function itself counts each sample: 1 in a sum, 1/n in a mean. */
  readonly right: number;
}

function weighingOf(evidence: Evidence, count: number, scope: Scope): Weighing | undefined {
  const needed = 2 + Math.ceil(count / Math.max(1, Math.min(scope.indices.length, count)));
  const readings = [evidence, ...evidence.farther()].slice(0, Math.max(4, needed));
  if (readings.length < 3) return undefined;
  const shares: Numbers[][] = [];
  for (const { values } of readings) {
    const row = Array.from({ length: count }, (_, i) => evidence.slopesOn([i], values));
    if (row.some((slopes) => slopes === undefined)) return undefined;
    shares.push(row as Numbers[]);
  }
  const right = [1, 1 / count].find((weight) =>
    readings.every(({ numeric }, k) =>
      near(numeric, total(shares[k]!, weight), 100 * evidence.close),
    ),
  );
  return right === undefined ? undefined : { readings, shares, right };
}

const total = (shares: readonly Numbers[], weight: number) =>
  Array.from(shares[0]!, (_, j) => shares.reduce((sum, slopes) => sum + weight * slopes[j]!, 0));

/** No sample has a share in these entries, and the gradient has none either. */
const untouched = ({ readings, shares }: Weighing, indices: readonly number[]) =>
  readings.every(({ yours }) => norm(pick(yours, indices)) === 0) &&
  shares.every((row) => row.every((slopes) => norm(pick(slopes, indices)) === 0));

const foundWeights = (weighing: Weighing, indices: readonly number[], close: number) =>
  weightsIn(weighing, indices, close) ?? likelyWeights(weighing, indices, close);

/** Where the system has many solutions: one sample alone, or all but the first or the last. */
function likelyWeights(
  { readings, shares, right }: Weighing,
  indices: readonly number[],
  close: number,
): readonly number[] | undefined {
  const yours = readings.flatMap((reading) => pick(reading.yours, indices));
  const columns = shares[0]!.map((_, i) => shares.flatMap((row) => pick(row[i]!, indices)));
  const used = columns.flatMap((column, i) => (norm(column) > 0 ? [i] : []));
  const choices = [
    used,
    ...used.toReversed().map((i) => [i]),
    used.slice(0, -1),
    used.slice(1),
  ].filter((choice) => choice.length);
  for (const choice of choices) {
    const sum = yours.map((_, j) => choice.reduce((all, i) => all + columns[i]![j]!, 0));
    const weight = factorBetween(yours, sum, 10 * close);
    if (weight && usual(weight, choice.length, columns.length, close))
      return columns.map((_, i) => {
        if (!used.includes(i)) return Number.NaN;
        return choice.includes(i) ? weight / right : 0;
      });
  }
  return undefined;
}

/** As summed, as averaged over those that are left, or over all. */
const usual = (weight: number, part: number, all: number, close: number) =>
  [1, 1 / part, 1 / all, part / all, all, 2, 1 / 2].some(
    (value) => Math.abs(weight - value) <= 100 * close * value,
  );

/** One weight for each sample, relative to the right one; NaN for a sample that has no share here. */
function weightsIn(
  { readings, shares, right }: Weighing,
  indices: readonly number[],
  close: number,
): readonly number[] | undefined {
  const target = readings.flatMap(({ yours }) => pick(yours, indices));
  const columns = shares[0]!.map((_, i) => shares.flatMap((row) => pick(row[i]!, indices)));
  const used = columns.flatMap((column, i) => (column.some((value) => value !== 0) ? [i] : []));
  if (!used.length || target.length < used.length + 2) return undefined;
  const fit = exactFit(
    used.map((i) => columns[i]!),
    target,
    100 * close,
  );
  if (!fit) return undefined;
  const weights = columns.map(() => Number.NaN);
  used.forEach((i, k) => {
    const weight = fit[k]! / right;
    weights[i] = Math.abs(weight) < 1e3 * close ? 0 : weight;
  });
  return weights;
}

/** Samples that count with one weight, and the others with another; more than two say nothing. */
interface Parts {
  readonly some: readonly number[];
  readonly rest: readonly number[];
  readonly weight: number;
  readonly other: number;
}

function partsOf(weights: readonly number[], close: number): Parts | undefined {
  const known = weights.flatMap((weight, i) => (Number.isNaN(weight) ? [] : [i]));
  const last = weights[known.at(-1)!]!;
  const same = (a: number, b: number) => Math.abs(a - b) <= 1e3 * close * Math.max(1, Math.abs(b));
  const like = known.filter((i) => same(weights[i]!, last));
  const unlike = known.filter((i) => !like.includes(i));
  const other = constant(pick(weights, unlike), 1e3 * close);
  if (other === undefined) return undefined;
  const swap = Math.abs(other) > Math.abs(last);
  return swap
    ? { some: unlike, rest: like, weight: other, other: last }
    : { some: like, rest: unlike, weight: last, other };
}

function findingOf(
  { some, rest, weight, other }: Parts,
  regions: readonly Region[],
  count: number,
  right: number,
): Finding | undefined {
  // A sign belongs to the formula of one sample, not to the sum over them.
  if (weight * other < 0) return undefined;
  if (other !== 0)
    return part(
      `counts the samples ${which(some, count, regions)} ${short(weight / other)} times as much as the others.`,
      "Every sample has the same weight in the function.",
      "Add every sample's share once.",
    );
  const times = Math.abs(weight - 1) < 1e-3 ? "" : ` (times ${short(weight)})`;
  if (some.length > 1)
    return part(
      `leaves out the ${rest.length > 1 ? "samples" : "sample"} ${which(rest, count, regions)}: it is the gradient of the other ${some.length} alone${times}; the loop over the samples ends too early, starts too late, or skips some.`,
      "Some samples of the batch never get their turn.",
      "Run the loop from 0 to n − 1, both included, and leave no case out.",
    );
  const share = Math.abs(weight * right - 1) < 1e-3 ? "" : ` (times ${short(weight * right)})`;
  return {
    ...overwritten,
    says: `is the gradient of the ${ordinal(some[0]!, count)} alone${share}: ${overwrittenSum}.`,
  };
}

const overwrittenSum =
  "a sum was overwritten, `=` stands where `+=` belongs, or the loop ends at once";

const overwritten: Omit<Finding, "says"> = {
  kind: "one sample",
  hints: [
    "Compute the gradient of a batch with one sample, then of one with two.",
    "Each sample must add its share; here only one sample is left in the end.",
    "Start from 0 before the loop and use += inside it.",
  ],
};

const part = (says: string, what: string, how: string): Finding => ({
  kind: "part of the batch",
  says,
  hints: ["Compute the gradient of a batch with one sample, then of one with two.", what, how],
});

function ordinal(sample: number, count: number): string {
  if (sample === 0) return "first sample";
  return sample === count - 1 ? "last sample" : `sample ${sample}`;
}

function which(samples: readonly number[], count: number, regions: readonly Region[]): string {
  const region = regions.find(({ holds }) =>
    Array.from({ length: count }, (_, i) => holds[i] === samples.includes(i)).every(Boolean),
  );
  const list = samples.length > 6 ? `${samples.slice(0, 6).join(", ")}, …` : samples.join(", ");
  return region ? `${list} (those where ${region.name})` : list;
}

/** Where the samples touch different rows or entries, the weights may differ from one to the next. */
function inBlocks(weighing: Weighing, evidence: Evidence, groups: readonly ParameterGroup[]) {
  const wrong = groups.flatMap(blocksOf).flatMap(({ name, indices }) => {
    if (untouched(weighing, indices)) return [];
    const weights = foundWeights(weighing, indices, evidence.close);
    if (!weights) return [undefined];
    const known = weights.filter((weight) => !Number.isNaN(weight));
    if (known.every((weight) => Math.abs(weight - 1) < 1e3 * evidence.close)) return [];
    return [{ name, weights, parts: partsOf(weights, evidence.close) }];
  });
  const clear = wrong.flatMap((block) => (block?.parts ? [{ ...block, parts: block.parts }] : []));
  const first = clear[0];
  if (!first || clear.length < wrong.length) return undefined;
  const where = clear
    .map(({ name }) => name)
    .slice(0, 4)
    .join(", ");
  const single = clear.every(({ parts }) => parts.other === 0 && parts.some.length === 1);
  if (single)
    return {
      ...overwritten,
      says: `holds in ${where} one sample alone of all that have a share there (${first.name}: sample ${first.parts.some[0]}, not ${first.parts.rest.join(", ")}): ${overwrittenSum}.`,
    };
  return part(
    `counts in ${where} some samples only, or more than others (${first.name}: samples ${first.parts.some.join(", ")} ${short(first.parts.weight)} times, ${first.parts.rest.join(", ")} ${short(first.parts.other)} times).`,
    "Every sample that has a share in an entry adds it, once.",
    "Use += and visit every sample.",
  );
}

interface Block {
  readonly name: string;
  readonly indices: readonly number[];
}

/** The rows of a matrix, or the entries of a list. */
function blocksOf(group: ParameterGroup): readonly Block[] {
  const [rows = 1, columns = 1] = group.shape;
  const matrix = group.shape.length === 2;
  return Array.from({ length: matrix ? rows : group.size }, (_, i) => {
    const width = matrix ? columns : 1;
    return {
      name: matrix ? `row ${i}${group.name && ` of ${group.name}`}` : entryName(group, i),
      indices: Array.from({ length: width }, (_, j) => group.offset + i * width + j),
    };
  });
}
