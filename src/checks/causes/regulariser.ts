import { constantPart } from "./constantPart.ts";
import { type Evidence, type Finder, type Finding, type Scope, within } from "./Evidence.ts";
import { exactFit } from "./fit.ts";
import { factorBetween, minus, type Numbers, near, norm, pick, short } from "./vectors.ts";

/** The difference from the right gradient is a function of the parameter itself, as the gradient of a penalty is. */
export const regulariser: Finder = (evidence, scope) => {
  const readings = [evidence, ...evidence.farther()].map((reading) => within(scope, reading));
  // At one point only, any two numbers are multiples of each other.
  if (readings.length * scope.indices.length < 2) return undefined;
  const values = readings.flatMap(({ values }) => values);
  const difference = readings.flatMap(({ yours, numeric }) => minus(yours, numeric));
  const measured = readings.flatMap(({ numeric }) => numeric);
  // What is left of two large numbers is no better than their rounding.
  if (norm(difference) < 100 * evidence.close * norm(measured)) return undefined;
  const terms = fitted(values, difference, evidence.close);
  if (terms?.length === 1 && terms[0]!.word)
    return findingFor(terms[0]!.factor, terms[0]!.word, shareOf(evidence, scope));
  return terms && mixed(terms);
};

interface Term {
  readonly factor: number;
  /** What is multiplied by the factor; nothing for a constant. */
  readonly word: string;
}

const pieces: readonly { readonly of: (value: number) => number; readonly word: string }[] = [
  { of: (value) => value, word: "the parameter" },
  { of: Math.sign, word: "the sign of the parameter" },
  { of: Math.abs, word: "the size of the parameter" },
  { of: () => 1, word: "" },
];

/** One of the pieces, or a sum of two, where there are enough numbers to tell it from chance. */
const choices = [[0], [1], [2], [0, 1], [0, 2], [0, 3], [1, 2], [1, 3]].map((choice) =>
  choice.map((k) => pieces[k]!),
);

function fitted(values: Numbers, difference: Numbers, close: number): readonly Term[] | undefined {
  for (const choice of choices) {
    if (choice.length > 1 && values.length < choice.length + 3) continue;
    const columns = choice.map(({ of }) => Array.from(values, of));
    const factors = exactFit(columns, difference, 100 * close);
    // A term that adds nothing is not there.
    const needed = factors?.every(
      (factor, k) => Math.abs(factor) * norm(columns[k]!) > 1e3 * close * norm(difference),
    );
    if (factors && needed) return choice.map(({ word }, k) => ({ factor: factors[k]!, word }));
  }
  return undefined;
}

/**
 * How much of the penalty's gradient is there: with all inputs 0 nothing else is left of the
 * gradient by the weights. `undefined` when that cannot be tried.
 */
function shareOf({ onZeros, close }: Evidence, scope: Scope): number | undefined {
  const reading = onZeros();
  if (!reading) return undefined;
  const { yours, numeric } = within(scope, reading);
  if (norm(numeric) <= 1e-9 * norm(yours)) return Number.POSITIVE_INFINITY;
  return norm(yours) <= 1e-9 * norm(numeric) ? 0 : factorBetween(yours, numeric, 100 * close);
}

function findingFor(factor: number, words: string, share: number | undefined): Finding {
  const amount = `${short(Math.abs(factor))}·${words}`;
  const known = share === undefined ? undefined : inWords(share);
  const [off, what] =
    factor < 0
      ? ["lacks", "missing or too small"]
      : ["is too large by", "counted twice, or on a parameter that has none"];
  return {
    kind: "regulariser",
    says: `${off} ${amount}: the gradient of the penalty is ${known ?? what}.`,
    hints: [
      "Subtract the measured gradient from yours and compare the difference with the parameters.",
      "The function may have a penalty on the parameters (weight decay, L2 or L1); it adds its own gradient, once, and often not to the bias.",
      `${factor < 0 ? "Add" : "Take away"} ${amount}; the derivative of λw² is 2λw, that of λ|w| is λ·sign(w).`,
    ],
  };
}

function inWords(share: number): string | undefined {
  if (share === 0) return "missing";
  if (share === Number.POSITIVE_INFINITY)
    return "there although the function has no penalty on this parameter";
  if (Math.abs(share - 2) < 1e-3) return "doubled";
  if (Math.abs(share - 0.5) < 1e-3)
    return "half of what it should be: the 2 of its derivative is missing";
  if (Math.abs(share + 1) < 1e-3) return "there with the wrong sign";
  return undefined;
}

/** Two pieces, or one that no known penalty has: the sum is given, and what it may come from. */
function mixed(terms: readonly Term[]): Finding {
  const sum = terms
    .map(({ factor, word }, k) => {
      const sign = factor < 0 ? (k ? " − " : "−") : k ? " + " : "";
      return `${sign}${short(Math.abs(factor))}${word && `·${word}`}`;
    })
    .join("");
  return {
    kind: "regulariser",
    says: `differs from the right one by ${sum}, whatever the rest: a term of each parameter alone, such as a penalty, has another derivative.`,
    hints: [
      "Subtract the measured gradient from yours and draw the difference over the parameter.",
      `The difference is ${sum}: it depends on nothing but the parameter itself.`,
      "Differentiate the terms that hold this parameter alone again: that of λw² is 2λw, that of λ|w| is λ·sign(w).",
    ],
  };
}

/** Nothing is there but a multiple of the parameters, or 0 for those without a penalty. */
export const penaltyAlone: Finder = (evidence, scope) => {
  const readings = [evidence, ...evidence.farther()].map((reading) => within(scope, reading));
  if (readings.length < 3 || evidence.elementwise || constantPart(evidence, scope))
    return undefined;
  const penalised = scope.indices.flatMap((_, j) =>
    readings.some(({ yours }) => yours[j] !== 0) ? [j] : [],
  );
  const yours = readings.flatMap((reading) => pick(reading.yours, penalised));
  const values = readings.flatMap((reading) => pick(reading.values, penalised));
  const factor = factorBetween(yours, values, 10 * evidence.close);
  if (!factor || near([factor], [1], evidence.close)) return undefined;
  return {
    kind: "regulariser",
    says: `is ${short(factor)}·the parameter and nothing else: the gradient of the penalty stands alone, that of the loss is missing.`,
    hints: [
      "Compare your gradient with the parameters: it is a multiple of them.",
      "The penalty is only one term of the function.",
      "Add the gradient of the loss, averaged over the samples as the function does it.",
    ],
  };
};
