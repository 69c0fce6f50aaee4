import {
  type Evidence,
  type Finder,
  type Finding,
  type Reading,
  type Region,
  type Scope,
  within,
} from "./Evidence.ts";
import { constant, factorBetween, near, norm, short } from "./vectors.ts";

/** One sample's share, and whether it is right. */
export interface Site {
  readonly yours: readonly number[];
  readonly numeric: readonly number[];
  readonly right: boolean;
  /** Both are 0 here, so nothing can be told from it. */
  readonly silent: boolean;
  /** yours = ratio · numeric, where there is such a number. */
  readonly ratio: number | undefined;
  /** At the parameters under test. */
  readonly here: boolean;
}

/** Wrong on some samples, by a factor of each sample's own, or only when they come together. */
export const perSample: Finder = (evidence, scope) => {
  const sites = sitesOf(evidence, scope);
  if (!sites || sites.every(({ right }) => right)) return undefined;
  return (
    complement(sites) ??
    regionFinding(evidence, sites, named) ??
    sidesFinding(evidence, sites) ??
    ratioFinding(evidence, sites) ??
    regionFinding(evidence, sites, numbered)
  );
};

/** On each sample a multiple of the right slopes, by a factor that has no name here. */
export const ownFactors: Finder = (evidence, scope) => {
  const sites = sitesOf(evidence, scope);
  const known = sites && informative(sites);
  // One slope is always a multiple of another; only a direction tells something.
  if (!known || sites.some(({ yours }) => yours.length < 2)) return undefined;
  const right = known.filter((i) => sites[i]!.right).length;
  if (right > known.length / 2) return undefined;
  return factorsOfTheirOwn(known.map((i) => sites[i]!.ratio!));
};

/** Right on every sample by itself, and still wrong on the batch. */
export const reduction: Finder = (evidence, scope) => {
  const sites = sitesOf(evidence, scope);
  if (!sites?.every(({ right }) => right) || evidence.elementwise) return undefined;
  return togetherWrong;
};

export function sitesOf(evidence: Evidence, scope: Scope): readonly Site[] | undefined {
  const made = (times: number) =>
    evidence.sites().map(({ reading, index, here }) => {
      const indices = index === undefined ? scope.indices : [index];
      return { ...siteFrom(reading, { indices }, evidence.close, times), here };
    });
  const [plain, whole] = [made(1), made(evidence.batch?.size ?? 1)];
  if (plain.filter(({ here }) => here).length < 2) return undefined;
  // A gradient that divides by the number of samples as a constant is that much too small on one.
  const right = (sites: readonly Site[]) =>
    sites.filter((site) => site.right && !site.silent).length;
  return right(whole) > right(plain) ? whole : plain;
}

function siteFrom(
  reading: Reading,
  scope: Scope,
  close: number,
  times: number,
): Omit<Site, "here"> {
  const { yours: given, numeric } = within(scope, reading);
  const yours = given.map((value) => times * value);
  const silent = norm(yours) + norm(numeric) < 1e-12;
  const right = silent || near(yours, numeric, 10 * close);
  const ratio = right ? 1 : factorBetween(yours, numeric, 10 * close);
  return { yours, numeric, right, silent, ratio };
}

const togetherWrong: Finding = {
  kind: "reduction",
  says: "is right for every single sample but wrong for the batch: the samples are put together in the wrong way.",
  hints: [
    "Compute the gradient for one sample, then for two, and compare with the mean of both.",
    "The mistake is in the sum over the samples, not in the formula of one sample.",
    "Add the samples' shares, then divide by n as often as the function does.",
  ],
};

/** 0 just where it should not be, and not 0 just where it should be. */
function complement(sites: readonly Site[]): Finding | undefined {
  const zero = (list: readonly number[]) => norm(list) < 1e-9;
  const loud = sites.filter(({ silent }) => !silent);
  const [pulls, rests] = [
    loud.filter(({ numeric, yours }) => !zero(numeric) && zero(yours)),
    loud.filter(({ numeric, yours }) => zero(numeric) && !zero(yours)),
  ];
  if (!pulls.length || !rests.length || pulls.length + rests.length < loud.length) return undefined;
  return {
    kind: "region",
    says: "is 0 on just the samples that should pull, and pulls on those that should not: the condition is the wrong way round.",
    hints: [
      "Compute the gradient of single samples and mark where it is 0.",
      "The cases are exchanged: what belongs to one side of the boundary stands on the other.",
      "Turn the comparison round.",
    ],
  };
}

/** Wrong exactly on the samples of one region: one that has a name, or their numbers. */
function regionFinding(
  evidence: Evidence,
  sites: readonly Site[],
  placeOf: typeof named | typeof numbered,
): Finding | undefined {
  const own = sites.filter(({ here }) => here);
  const count = own.filter(({ right }) => !right).length;
  const informed = own.filter(({ silent }) => !silent).length;
  // Where nothing is right but what is 0 on both sides, it is the formula and not a region.
  if (count === 0 || count === informed || sites.every(({ right }) => !right)) return undefined;
  const where = placeOf(evidence, sites);
  if (where === undefined) return undefined;
  const things = evidence.elementwise && !evidence.batch ? "entries" : "samples";
  const there = behaviour(sites.filter(({ right }) => !right));
  return {
    kind: "region",
    says: `is wrong exactly on the ${count} of ${own.length} ${things} ${where}, and right on the others; ${there}.`,
    hints: [
      `Look at the ${things} ${where} and compute one of them by hand.`,
      "The function has pieces, or a sign that changes: one of the cases is wrong or missing.",
      `Write the derivative of each piece, and test which piece a sample is on; ${there}.`,
    ],
  };
}

function named({ regions, sizeRegion }: Evidence, sites: readonly Site[]): string | undefined {
  const region = matching(regions(), sites) ?? sizeRegion(sites.map(({ right }) => !right));
  return region && `where ${region.name}`;
}

function numbered(_: Evidence, sites: readonly Site[]): string {
  const own = sites.filter(({ here }) => here);
  return `numbered ${own.flatMap(({ right }, i) => (right ? [] : [i])).join(", ")}`;
}

/** The region of just the wrong sites; if there is none, the one that fits wherever something shows. */
const matching = (regions: readonly Region[], sites: readonly Site[]) =>
  regions.find(({ holds }) => sites.every(({ right }, i) => holds[i] === !right)) ??
  regions.find(({ holds }) => sites.every(({ right, silent }, i) => silent || holds[i] === !right));

/** Wrong everywhere, by one factor on a region and by another on the rest. */
function sidesFinding({ regions }: Evidence, sites: readonly Site[]): Finding | undefined {
  for (const { name, holds } of regions()) {
    const inside = sites.filter(({ silent }, i) => holds[i] && !silent);
    const outside = sites.filter(({ silent }, i) => !holds[i] && !silent);
    if (inside.length < 2 || outside.length < 2) continue;
    const [here, there] = [inside, outside].map((part) =>
      constant(
        part.map(({ ratio }) => ratio ?? Number.NaN),
        1e-4,
      ),
    );
    // The same factor on both sides is no boundary.
    if (here === undefined || there === undefined || near([here], [there], 1e-3)) continue;
    return {
      kind: "region",
      says: `is wrong on both sides of a boundary: ${short(here)} times what it should be where ${name}, ${short(there)} times elsewhere.`,
      hints: [
        `Compute one sample where ${name} and one where not, by hand.`,
        "The function has two pieces, each with a slope of its own.",
        "Check which slope belongs to which piece, and its sign.",
      ],
    };
  }
  return undefined;
}

/** What the gradient does on the samples where it is wrong. */
function behaviour(sites: readonly Site[]): string {
  const ratio = constant(
    sites.map(({ ratio }) => ratio ?? Number.NaN),
    1e-4,
  );
  if (sites.every(({ yours }) => norm(yours) === 0)) return "there it gives 0";
  if (sites.every(({ numeric }) => norm(numeric) < 1e-9)) return "there it should be 0";
  if (ratio === undefined) return "there it follows another formula";
  return Math.abs(ratio + 1) < 1e-4
    ? "there it has the wrong sign"
    : `there it is ${short(ratio)} times what it should be`;
}

/** On each sample off by a factor of its own: look for the quantity that it is. */
function ratioFinding({ quantities }: Evidence, sites: readonly Site[]): Finding | undefined {
  const known = informative(sites);
  if (!known) return undefined;
  const ratios = known.map((i) => sites[i]!.ratio!);
  const terms = quantities()
    .map(({ name, values }) => ({ name, values: known.map((i) => values[i]!) }))
    .filter(({ values }) => values.every((value) => Number.isFinite(value) && value !== 0))
    // What is the same everywhere would have been a constant factor.
    .filter(({ values }) => constant(values, 1e-9) === undefined);
  for (const { name, values } of terms) {
    const over = constant(
      ratios.map((ratio, k) => ratio / values[k]!),
      1e-4,
    );
    if (over !== undefined) return factorFinding("extra factor", name, over);
    const under = constant(
      ratios.map((ratio, k) => ratio * values[k]!),
      1e-4,
    );
    if (under !== undefined) return factorFinding("missing factor", name, under);
  }
  for (const top of terms)
    for (const bottom of terms) {
      const rest = constant(
        ratios.map((ratio, k) => (ratio * bottom.values[k]!) / top.values[k]!),
        1e-4,
      );
      if (rest !== undefined) return insteadFinding(top.name, bottom.name);
    }
  return undefined;
}

/** The samples with a factor of their own, if that is most of those where something shows. */
function informative(sites: readonly Site[]): readonly number[] | undefined {
  // No factor makes something of 0.
  if (sites.some(({ numeric, silent }) => !silent && norm(numeric) < 1e-9)) return undefined;
  const loud = sites.flatMap(({ numeric }, i) => (norm(numeric) < 1e-9 ? [] : [i]));
  const known = loud.filter((i) => sites[i]!.ratio !== undefined);
  return known.length < Math.max(3, 0.9 * loud.length) ? undefined : known;
}

function factorFinding(
  kind: "missing factor" | "extra factor",
  name: string,
  rest: number,
): Finding {
  const constantPart = Math.abs(rest - 1) < 1e-3 ? "" : ` (and a constant ${short(rest)})`;
  const missing = kind === "missing factor";
  return {
    kind,
    says: missing
      ? `lacks the factor ${name} on every sample${constantPart}: a piece of the chain rule is missing.`
      : `has the factor ${name} once too often on every sample${constantPart}.`,
    hints: [
      "Divide your gradient by the measured one, sample by sample: the quotient differs from sample to sample.",
      `That quotient has to do with ${name}.`,
      missing
        ? `Multiply each sample's share by ${name}, the inner derivative.`
        : `Leave ${name} out: it cancels, or it is already in the other factor.`,
    ],
  };
}

function insteadFinding(got: string, expected: string): Finding {
  return {
    kind: "wrong factor",
    says: `has ${got} on every sample where ${expected} belongs.`,
    hints: [
      "Divide your gradient by the measured one, sample by sample: the quotient differs from sample to sample.",
      `Something other than ${expected} is multiplied in.`,
      `Replace ${got} by ${expected}.`,
    ],
  };
}

const factorsOfTheirOwn = (ratios: readonly number[]): Finding => ({
  kind: "wrong factor",
  says: `is off by a factor of its own on every sample (${ratios.slice(0, 3).map(short).join(", ")}, …): the derivative of the loss by the prediction is wrong, the rest of the chain is right.`,
  hints: [
    "Compute one sample by hand.",
    "The direction is right on every sample, so only the one number that multiplies the input is wrong.",
    "Differentiate the loss of one sample by its prediction again, inner derivative included.",
  ],
});
