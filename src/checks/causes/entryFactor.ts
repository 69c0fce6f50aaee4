import { type Finder, type Finding, within } from "./Evidence.ts";
import { constant, short } from "./vectors.ts";

/** Each entry is off by the same function of its own parameter, the inner derivative of what was done to it. */
export const entryFactor: Finder = (evidence, scope) => {
  const readings = [evidence, ...evidence.farther()].map((reading) => within(scope, reading));
  const entries = readings.flatMap(({ yours, numeric, values }) =>
    yours.map((value, j) => ({ ratio: value / numeric[j]!, at: values[j]! })),
  );
  if (readings.length < 3 || entries.length < 6) return undefined;
  if (entries.some(({ ratio }) => !Number.isFinite(ratio) || ratio === 0)) return undefined;
  for (const [name, of] of functions) {
    const close = 1e3 * evidence.close;
    const missing = constant(
      entries.map(({ ratio, at }) => ratio * of(at)),
      close,
    );
    if (missing) return finding("missing factor", name, missing);
    const extra = constant(
      entries.map(({ ratio, at }) => ratio / of(at)),
      close,
    );
    if (extra) return finding("extra factor", name, extra);
  }
  return undefined;
};

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** What an entry may go through before it enters the function, differentiated. */
const functions: readonly (readonly [name: string, of: (x: number) => number])[] = [
  ["θ", (x) => x],
  ["θ²", (x) => x * x],
  ["the sign of θ", Math.sign],
  ["σ′(θ) = σ(θ)(1 − σ(θ))", (x) => sigmoid(x) * (1 - sigmoid(x))],
  ["σ(θ)", sigmoid],
  ["1 − σ(θ)", (x) => 1 - sigmoid(x)],
  ["tanh′(θ) = 1 − tanh²(θ)", (x) => 1 - Math.tanh(x) ** 2],
  ["e^θ", Math.exp],
  ["cos θ", Math.cos],
  ["1 + θ²", (x) => 1 + x * x],
];

function finding(kind: "missing factor" | "extra factor", name: string, rest: number): Finding {
  const constantPart = Math.abs(rest - 1) < 1e-3 ? "" : ` (and a constant ${short(rest)})`;
  const missing = kind === "missing factor";
  return {
    kind,
    says: missing
      ? `lacks the factor ${name} in each entry θ${constantPart}: the inner derivative of what is done to a parameter first.`
      : `has the factor ${name} once too often in each entry θ${constantPart}.`,
    hints: [
      "Divide your gradient by the measured one, entry by entry, and draw the quotient over the parameter.",
      `The quotient depends on the entry's own parameter: it has to do with ${name}.`,
      missing ? `Multiply each entry by ${name}.` : `Leave out one ${name}.`,
    ],
  };
}
