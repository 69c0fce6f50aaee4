import { largestSize } from "../numbers.ts";
import {
  type Evidence,
  type Finder,
  type Finding,
  type Reading,
  type Scope,
  within,
} from "./Evidence.ts";
import { constant, factorBetween, near, norm, short } from "./vectors.ts";

/** The batch's gradient is that of some samples only: the last, the first, all but one. */
export const someSamples: Finder = (evidence, scope) => {
  const count = evidence.batch?.size ?? 0;
  if (count < 2) return undefined;
  const all = Array.from({ length: count }, (_, i) => i);
  const choices: readonly (readonly [string, readonly number[]])[] = [
    ["last sample alone", [count - 1]],
    ["first sample alone", [0]],
    ...(count > 2
      ? ([
          ["samples without the last", all.slice(0, -1)],
          ["samples without the first", all.slice(1)],
        ] as const)
      : []),
    ...(count > 3 && count <= 24
      ? all.slice(1, -1).map((i) => [`sample ${i} alone`, [i]] as const)
      : []),
  ];
  for (const [name, samples] of choices) {
    const part = evidence.on(samples);
    if (!part || norm(within(scope, part).numeric) === 0) continue;
    const factor = factorBetween(
      within(scope, evidence).yours,
      within(scope, part).numeric,
      evidence.close,
    );
    if (factor !== undefined && allowed(factor, samples.length, count, evidence.close))
      return partFinding(name, factor);
  }
  return undefined;
};

/** Left-out samples still leave one of a few factors: as summed, as averaged over them or over all. */
function allowed(factor: number, part: number, all: number, close: number): boolean {
  const expected = [1, part, 1 / all, part / all, all, 2, 1 / 2];
  return expected.some((value) => Math.abs(Math.abs(factor) - value) <= 100 * close * value);
}

function partFinding(name: string, factor: number): Finding {
  const times = Math.abs(factor - 1) < 1e-3 ? "" : ` (times ${short(factor)})`;
  const single = name.endsWith("alone");
  return {
    kind: single ? "one sample" : "part of the batch",
    says: `is the gradient of the ${name}${times}: ${single ? "a sum was overwritten, `=` stands where `+=` belongs" : "the loop over the samples ends too early or starts too late"}.`,
    hints: [
      "Compute the gradient of a batch with one sample, then of one with two.",
      single
        ? "Each sample must add its share; here only one sample is left in the end."
        : "One sample of the batch never gets its turn.",
      single
        ? "Start from 0 before the loop and use += inside it."
        : "Run the loop from 0 to n − 1, both included.",
    ],
  };
}

/** One sample's share, and whether it is right. */
interface Site {
  readonly yours: readonly number[];
  readonly numeric: readonly number[];
  readonly right: boolean;
  /** yours = ratio · numeric, where there is such a number. */
  readonly ratio: number | undefined;
  /** At the parameters under test. */
  readonly here: boolean;
}

/** Wrong on some samples, by a factor of each sample's own, or only when they come together. */
export const perSample: Finder = (evidence, scope) => {
  const sites = sitesOf(evidence, scope);
  if (!sites) return undefined;
  if (sites.every(({ right }) => right)) return evidence.elementwise ? undefined : reduction;
  return (
    regionFinding(evidence, sites) ?? sidesFinding(evidence, sites) ?? ratioFinding(evidence, sites)
  );
};

function sitesOf(evidence: Evidence, scope: Scope): readonly Site[] | undefined {
  const sites = evidence.sites().flatMap(({ reading, index, here }) => {
    const indices = index === undefined ? scope.indices : [index];
    return [{ ...siteFrom(reading, { indices }, evidence.close), here }];
  });
  return sites.filter(({ here }) => here).length > 1 ? sites : undefined;
}

function siteFrom(reading: Reading, scope: Scope, close: number): Omit<Site, "here"> {
  const { yours, numeric } = within(scope, reading);
  const right = near(yours, numeric, 10 * close) || norm(yours) + norm(numeric) < 1e-12;
  return { yours, numeric, right, ratio: right ? 1 : factorBetween(yours, numeric, 10 * close) };
}

const reduction: Finding = {
  kind: "reduction",
  says: "is right for every single sample but wrong for the batch: the samples are put together in the wrong way.",
  hints: [
    "Compute the gradient for one sample, then for two, and compare with the mean of both.",
    "The mistake is in the sum over the samples, not in the formula of one sample.",
    "Add the samples' shares, then divide by n as often as the function does.",
  ],
};

/** On every sample one entry more or less: what belongs to the right class was left out. */
export const missingTarget: Finder = (evidence, scope) => {
  const sites = sitesOf(evidence, scope);
  if (!sites || scope.indices.length < 2 || evidence.elementwise) return undefined;
  const extras = sites.map(({ yours, numeric }) => {
    const differences = yours.map((value, j) => value - numeric[j]!);
    const largest = largestSize(differences);
    const odd = differences.filter((value) => Math.abs(value) > 100 * evidence.close * largest);
    return odd.length === 1 ? odd[0]! : Number.NaN;
  });
  const extra = constant(extras, 100 * evidence.close);
  if (extra === undefined || extra === 0) return undefined;
  return {
    kind: "missing target",
    says: `is off by ${short(extra)} in one entry of each sample: the ${extra > 0 ? "−" : "+"}${short(Math.abs(extra))} of the right class is missing (q − y, not q).`,
    hints: [
      "Compare the two gradients for one sample.",
      "All entries agree but one, and that one is the entry of the right class.",
      "The derivative by the logits is q − y, with y = 1 for the right class and 0 elsewhere.",
    ],
  };
};

/** Wrong exactly on the samples of one region. */
function regionFinding(
  { regions, sizeRegion }: Evidence,
  sites: readonly Site[],
): Finding | undefined {
  const wrong = sites.map(({ right }) => !right);
  const own = wrong.filter((_, i) => sites[i]!.here);
  const count = own.filter(Boolean).length;
  if (count === 0 || wrong.every(Boolean)) return undefined;
  const region =
    regions().find(({ holds }) => wrong.every((value, i) => value === holds[i])) ??
    sizeRegion(wrong);
  if (!region && count === own.length) return undefined;
  const where = region
    ? `where ${region.name}`
    : `numbered ${own.flatMap((value, i) => (value ? [i] : [])).join(", ")}`;
  const there = behaviour(sites.filter(({ right }) => !right));
  return {
    kind: "region",
    says: `is wrong exactly on the ${count} of ${own.length} samples ${where}, and right on the others; ${there}.`,
    hints: [
      `Look at the samples ${where} and compute one of them by hand.`,
      "The function has pieces, or a sign that changes: one of the cases is wrong or missing.",
      `Write the derivative of each piece, and test which piece a sample is on; ${there}.`,
    ],
  };
}

/** Wrong everywhere, by one factor on a region and by another on the rest. */
function sidesFinding({ regions }: Evidence, sites: readonly Site[]): Finding | undefined {
  for (const { name, holds } of regions()) {
    const inside = sites.filter((_, i) => holds[i]);
    const outside = sites.filter((_, i) => !holds[i]);
    if (inside.length < 2 || outside.length < 2) continue;
    const [here, there] = [inside, outside].map((part) =>
      constant(
        part.map(({ ratio }) => ratio ?? Number.NaN),
        1e-4,
      ),
    );
    if (here === undefined || there === undefined) continue;
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
  const known = sites.flatMap(({ ratio }, i) =>
    ratio === undefined || norm(sites[i]!.numeric) < 1e-9 ? [] : [i],
  );
  if (known.length < Math.max(3, 0.6 * sites.length)) return undefined;
  const ratios = known.map((i) => sites[i]!.ratio!);
  const terms = quantities().map(({ name, values }) => ({
    name,
    values: known.map((i) => values[i]!),
  }));
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
  return ownFactors(ratios);
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

const ownFactors = (ratios: readonly number[]): Finding => ({
  kind: "wrong factor",
  says: `is off by a factor of its own on every sample (${ratios.slice(0, 3).map(short).join(", ")}, …): the derivative of the loss by the prediction is wrong, the rest of the chain is right.`,
  hints: [
    "Compute one sample by hand.",
    "The direction is right on every sample, so only the one number that multiplies the input is wrong.",
    "Differentiate the loss of one sample by its prediction again, inner derivative included.",
  ],
});
