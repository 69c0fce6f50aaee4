import { type Evidence, type Finder, type Finding, type Scope, within } from "./Evidence.ts";
import { constant, dot, factorBetween, minus, near, norm, short, times } from "./vectors.ts";

/** The difference is a multiple of the parameters, as the gradient of a penalty is. */
export const regulariser: Finder = (evidence, scope) => {
  const readings = [evidence, ...evidence.elsewhere()].map((reading) => within(scope, reading));
  // At one point only, any two numbers are multiples of each other.
  if (readings.length < 2 && scope.indices.length < 2) return undefined;
  for (const penalty of penalties) {
    const factors = readings.map(({ yours, numeric, values }) => {
      const direction = values.map(penalty.slope);
      const difference = minus(yours, numeric);
      const factor = dot(difference, direction) / dot(direction, direction);
      const fits = near(difference, times(factor, direction), 100 * evidence.close);
      return fits && norm(difference) > 0 ? factor : Number.NaN;
    });
    const factor = constant(factors, 100 * evidence.close);
    if (factor !== undefined) return findingFor(factor, penalty.words, shareOf(evidence, scope));
  }
  return undefined;
};

const penalties: readonly { readonly slope: (value: number) => number; readonly words: string }[] =
  [
    { slope: (value) => value, words: "the parameter" },
    { slope: Math.sign, words: "the sign of the parameter" },
  ];

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
