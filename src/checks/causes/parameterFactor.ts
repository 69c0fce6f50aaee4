import type { Evidence, Finder, Finding, Reading, Scope } from "./Evidence.ts";
import { within } from "./Evidence.ts";
import { constant, factorBetween, type Numbers, norm, short } from "./vectors.ts";

/** The direction is right, and the length is off by a factor that changes with the parameters. */
export const parameterFactor: Finder = (evidence, scope) => {
  const readings = [evidence, ...evidence.farther()].filter(
    (reading) => norm(within(scope, reading).numeric) > 0,
  );
  if (readings.length < 4) return undefined;
  const ratios = readings.map((reading) => ratioOf(reading, scope, evidence.close));
  if (ratios.some((ratio) => !ratio)) return undefined;
  for (const { name, values } of sizesOf(evidence, readings)) {
    const factor = constant(
      ratios.map((ratio, k) => ratio! / values[k]!),
      1e3 * evidence.close,
    );
    if (factor) return finding(name, factor);
  }
  return scope.indices.length > 1 ? changing(ratios as number[]) : undefined;
};

function ratioOf(reading: Reading, scope: Scope, close: number): number | undefined {
  const { yours, numeric } = within(scope, reading);
  return factorBetween(yours, numeric, 10 * close);
}

interface Size {
  readonly name: string;
  readonly values: readonly number[];
}

/** Numbers that the parameters make, one at each point: a scalar and its functions, a list's length. */
function sizesOf({ layout }: Evidence, readings: readonly Reading[]): readonly Size[] {
  return layout.groups.flatMap(({ name, offset, size }) => {
    const lists = readings.map(({ values }) => Array.from(values).slice(offset, offset + size));
    const functions = size === 1 ? ofScalar : ofList;
    const word = name || (size === 1 ? "x" : "θ");
    return functions.flatMap(([name, of]) => {
      const values = lists.map(of);
      const inverse = values.map((value) => 1 / value);
      const called = name.replaceAll("p", word);
      return [
        { name: called, values },
        { name: `1/${called}`, values: inverse },
      ];
    });
  });
}

type Made = readonly [name: string, of: (list: readonly number[]) => number];

const length = (list: Numbers) => norm(list);

const ofScalar: readonly Made[] = [
  ["p", ([p]) => p!],
  ["p²", ([p]) => p! ** 2],
  ["p³", ([p]) => p! ** 3],
  ["e^p", ([p]) => Math.exp(p!)],
  ["e^(2·p)", ([p]) => Math.exp(2 * p!)],
  ["cos p", ([p]) => Math.cos(p!)],
  ["σ(p)", ([p]) => 1 / (1 + Math.exp(-p!))],
];

const ofList: readonly Made[] = [
  ["|p|", length],
  ["|p|²", (list) => length(list) ** 2],
  ["Σp", (list) => list.reduce((sum, value) => sum + value, 0)],
];

function finding(name: string, factor: number): Finding {
  const constantPart = Math.abs(factor - 1) < 1e-3 ? "" : ` (times ${short(factor)})`;
  return {
    kind: "factor",
    says: `has the right direction, but is ${name} times too large${constantPart}, at all parameters.`,
    hints: [
      "Divide your gradient by the measured one at several parameters.",
      `The quotient is ${name}${constantPart}.`,
      `Divide by ${name}: a factor of the inner derivative is missing or too many.`,
    ],
  };
}

const changing = (ratios: readonly number[]): Finding => ({
  kind: "factor",
  says: `has the right direction, but a length that is off by a factor which changes with the parameters (${ratios.slice(0, 3).map(short).join(", ")}, …).`,
  hints: [
    "Divide your gradient by the measured one, entry by entry: the quotient is the same for all.",
    "At other parameters the quotient is another: it is computed from the parameters.",
    "A factor that multiplies all entries, such as an outer derivative or a length, is missing or wrong.",
  ],
});
