import { type Evidence, type Finder, type Finding, type Scope, within } from "./Evidence.ts";
import { factorBetween, near, norm, short, times } from "./vectors.ts";

/** Every slope is off by the same factor: a sign, a 2, the number of samples, a logarithm's base. */
export const constantFactor: Finder = (evidence, scope) => {
  const { yours, numeric } = within(scope, evidence);
  const factor = factorBetween(yours, numeric, evidence.close);
  if (factor === undefined || factor === 0 || !holdsElsewhere(evidence, scope, factor))
    return undefined;
  const other = onFewerSamples(evidence, scope);
  const fits = candidates(evidence, scope)
    .filter(({ at }) => same(at(evidence.batch?.size ?? 1), factor, evidence.close))
    .toSorted((a, b) => a.complexity - b.complexity);
  const everywhere =
    other && fits.find(({ at }) => same(at(other.size), other.factor, 10 * evidence.close));
  // What is the same on fewer samples is one number, be it the count of these samples written out.
  const fixed = other && same(other.factor, factor, 10 * evidence.close);
  const simplest = everywhere ?? (fixed ? fits.find(({ words }) => words.length === 1) : fits[0]);
  if (simplest) return findingFor(simplest, factor);
  return evidence.batch
    ? unnamed(factor)
    : (wholeNumber(factor, evidence.close) ?? unnamed(factor));
};

/** Without the data, a whole number is likely the number of samples. */
function wholeNumber(factor: number, close: number): Finding | undefined {
  const [large, small] = [Math.round(factor), Math.round(1 / factor)];
  const too = (count: number, way: string, how: string): Finding => ({
    kind: way === "large" ? "sum for mean" : "divided twice",
    says: `is ${count} times too ${way}; if ${count} is the number of samples or classes, ${how}.`,
    hints: [
      "Divide your gradient by the measured one, entry by entry: the quotient is the same everywhere.",
      `The quotient is ${short(factor)}. What is there ${count} of?`,
      `A sum over ${count} things and their mean differ by this factor: ${how}.`,
    ],
  });
  if (large > 2 && same(large, factor, close))
    return too(large, "large", "you summed where the function averages");
  if (small > 2 && same(1 / small, factor, close))
    return too(small, "small", "you divided by it once too often");
  return undefined;
}

/** One explanation of a factor; `at` tells what it would be for n samples. */
interface Candidate {
  readonly kind: "sign" | "factor" | "sum for mean" | "divided twice";
  readonly words: readonly string[];
  readonly hint: string;
  readonly complexity: number;
  at(samples: number): number;
}

const same = (a: number, b: number, close: number) =>
  Math.abs(a - b) <= 10 * close * Math.max(Math.abs(a), Math.abs(b));

/** One slope is always a multiple of another, so the factor must be the same at other parameters. */
function holdsElsewhere({ elsewhere, close }: Evidence, scope: Scope, factor: number): boolean {
  return elsewhere().every((reading) => {
    const { yours, numeric } = within(scope, reading);
    return near(yours, times(factor, numeric), 10 * close);
  });
}

function onFewerSamples({ batch, on, close }: Evidence, scope: Scope) {
  if (!batch || batch.size < 3) return undefined;
  const size = batch.size - 1;
  const reading = on(Array.from({ length: size }, (_, i) => i));
  if (!reading) return undefined;
  const { yours, numeric } = within(scope, reading);
  const factor = norm(numeric) > 0 ? factorBetween(yours, numeric, 10 * close) : undefined;
  return factor === undefined ? undefined : { size, factor };
}

interface Piece {
  readonly words: string;
  readonly hint: string;
  readonly complexity: number;
  readonly kind?: Candidate["kind"];
  at(samples: number): number;
}

const piece = (
  value: number | ((samples: number) => number),
  words: string,
  hint: string,
  complexity: number,
  kind?: Candidate["kind"],
): Piece => ({
  words,
  hint,
  complexity,
  ...(kind && { kind }),
  at: typeof value === "number" ? () => value : value,
});

const none = piece(1, "", "", 0);

const signs: readonly Piece[] = [
  none,
  piece(
    -1,
    "has the wrong sign",
    "A minus sign is missing or one too many: with r = prediction − target the derivative of r by the prediction is +1.",
    1,
    "sign",
  ),
];

const numbers: readonly Piece[] = [
  none,
  piece(
    2,
    "is twice too large",
    "A ½ in front of the square cancels the 2 of its derivative; use both or neither.",
    1,
  ),
  piece(1 / 2, "is half of what it should be", "The derivative of r² is 2r: the 2 is missing.", 1),
  piece(4, "is four times too large", "A factor 2 is there twice too often.", 2.5),
  piece(1 / 4, "is a quarter of what it should be", "A factor 2 is missing twice.", 2.5),
  piece(
    Math.LN10,
    "is ln 10 = 2.303 times too large",
    "The derivative of log₁₀(u) is 1/(u·ln 10).",
    2,
  ),
  piece(
    1 / Math.LN10,
    "is ln 10 = 2.303 times too small",
    "The derivative of ln(u) is 1/u; 1/(u·ln 10) belongs to log₁₀.",
    2,
  ),
  piece(
    Math.LN2,
    "is ln 2 = 0.693 of what it should be",
    "The derivative of ln(u) is 1/u and of log₂(u) is 1/(u·ln 2); the bases are mixed up.",
    2,
  ),
  piece(
    1 / Math.LN2,
    "is 1/ln 2 = 1.443 of what it should be",
    "The derivative of ln(u) is 1/u; 1/(u·ln 2) belongs to log₂.",
    2,
  ),
];

/** Factors that depend on how many samples, entries or classes there are. */
function counts(evidence: Evidence, { group }: Scope): readonly Piece[] {
  const { batch, classes } = evidence;
  const pieces: Piece[] = [none];
  if (batch) pieces.push(...sampleCounts(batch.size));
  if (classes) pieces.push(...entryCounts(classes, "classes", 2));
  for (const length of new Set(group?.shape ?? sharedLengths(evidence)))
    if (length !== classes)
      pieces.push(
        ...entryCounts(length, `entries along an axis of ${group?.name || "the parameters"}`, 2.6),
      );
  return pieces;
}

/** The lengths that every group has along some axis, as the number of classes. */
function sharedLengths({ layout: { groups } }: Evidence): readonly number[] {
  const [first, ...others] = groups;
  return (first?.shape ?? []).filter((length) =>
    others.every(({ shape }) => shape.includes(length)),
  );
}

const sampleCounts = (n: number): readonly Piece[] => [...sumsAndMeans(n), ...nearMeans(n)];

const sumsAndMeans = (n: number): readonly Piece[] => [
  piece(
    (n) => n,
    `is n = ${n} times too large: it is summed over the samples where the function averages`,
    "Divide by the number of samples n, once.",
    1.5,
    "sum for mean",
  ),
  piece(
    (n) => 1 / n,
    `is n = ${n} times too small: it is divided by the number of samples once too often`,
    "Divide by n once, or not at all if the function sums.",
    1.5,
    "divided twice",
  ),
  piece((n) => n * n, `is n² = ${n * n} times too large`, "Divide by n once.", 3, "sum for mean"),
  piece(
    (n) => 1 / (n * n),
    `is n² = ${n * n} times too small`,
    "Divide by n once, or not at all if the function sums.",
    3,
    "divided twice",
  ),
];

const nearMeans = (n: number): readonly Piece[] => [
  piece(
    (n) => n / (n - 1),
    `is n/(n − 1) = ${short(n / (n - 1))} times too large: it is divided by n − 1 instead of n`,
    "A mean divides by n; n − 1 belongs to the variance.",
    2,
  ),
  piece(
    (n) => (n - 1) / n,
    `is (n − 1)/n = ${short((n - 1) / n)} of what it should be`,
    "A mean divides by n.",
    2.2,
  ),
  piece(Math.sqrt, `is √n = ${short(Math.sqrt(n))} times too large`, "Divide by n, not by √n.", 3),
  piece(
    (n) => 1 / Math.sqrt(n),
    `is √n = ${short(Math.sqrt(n))} times too small`,
    "Divide by n, not by n·√n.",
    3,
  ),
];

const entryCounts = (count: number, what: string, complexity: number): readonly Piece[] =>
  count < 3
    ? []
    : [
        piece(
          count,
          `is ${count} times too large, the number of ${what}: a sum stands where the function averages`,
          `Divide by ${count}.`,
          complexity,
          "sum for mean",
        ),
        piece(
          1 / count,
          `is ${count} times too small, the number of ${what}: it is divided by it once too often`,
          `Do not divide by ${count}.`,
          complexity,
          "divided twice",
        ),
      ];

function candidates(evidence: Evidence, scope: Scope): readonly Candidate[] {
  return counts(evidence, scope)
    .flatMap((count) => numbers.flatMap((number) => signs.map((sign) => [sign, number, count])))
    .filter((pieces) => pieces.some((part) => part !== none))
    .map(product);
}

function product(pieces: readonly Piece[]): Candidate {
  const parts = pieces.filter((part) => part !== none);
  const kinds = parts.map(({ kind }) => kind ?? "factor");
  return {
    kind: kinds.at(-1) ?? "factor",
    words: parts.map(({ words }) => words),
    hint: parts.map(({ hint }) => hint).join(" "),
    // Two mistakes at once are less likely than one.
    complexity: parts.reduce((sum, part) => sum + part.complexity, (parts.length - 1) / 2),
    at: (samples) => parts.reduce((value, part) => value * part.at(samples), 1),
  };
}

function findingFor({ kind, words, hint }: Candidate, factor: number): Finding {
  return {
    kind,
    says: `${words.join(", and ")}.`,
    hints: [
      "Divide your gradient by the measured one, entry by entry: the quotient is the same everywhere.",
      `The quotient is ${short(factor)}. Which constant of the formula is that?`,
      hint,
    ],
  };
}

const unnamed = (factor: number): Finding => ({
  kind: "factor",
  says: `has the right direction but the wrong length: it is ${short(factor)} times what it should be.`,
  hints: [
    "Divide your gradient by the measured one, entry by entry: the quotient is the same everywhere.",
    `The quotient is ${short(factor)}. Which constant of the formula is that?`,
    "Compare the constants of the formula with those of your code, one by one: weights, reduction, exponents.",
  ],
});
