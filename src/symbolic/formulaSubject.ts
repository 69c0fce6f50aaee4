import { naturalDomain } from "./bounds.ts";
import type { Domain } from "./curvature.ts";
import { type Expression, namesIn, substitute } from "./Expression.ts";
import { FormulaError } from "./FormulaError.ts";
import type { Interval } from "./interval.ts";
import { nearest } from "./nearest.ts";
import { parseCondition, parseFormula } from "./parseFormula.ts";
import { simplified } from "./rewrite.ts";

/** What can be judged: a formula as text, or a loss with its facts. */
export type ConvexitySubject = string | LossFacts;

/** The facts of a loss that its formula needs. */
export interface LossFacts {
  readonly argument: string;
  readonly formula: readonly { readonly where?: string; readonly value: string }[];
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
  readonly targets?: string;
}

/** How to read a formula. */
export interface FormulaOptions {
  /** The names that vary; default the only name that has no value, or the loss's argument. */
  readonly variables?: string | readonly string[];
  /** Values of the other names, or the ends of where they may lie: `{ delta: 1, y: [0, 1] }`. */
  readonly parameters?: Readonly<Record<string, number | readonly [number, number]>>;
  /** Where the variables may lie; default wherever the formula is defined. */
  readonly domain?: Readonly<Record<string, readonly [number, number]>>;
  /** Formulas to put in the place of names: `{ p: "sigmoid(z)" }` judges a loss in its logit. */
  readonly substitute?: Readonly<Record<string, string>>;
}

/** The names of these options. */
export const formulaOptions = [
  "variables",
  "parameters",
  "domain",
  "substitute",
] as const satisfies readonly (keyof FormulaOptions)[];

/** A formula ready to be judged. */
export interface Subject {
  readonly expression: Expression;
  readonly variables: readonly string[];
  /** Where each name may lie; a constant's two ends are equal. */
  readonly domain: Domain;
}

/** Reads a formula or a loss, with the values and ranges of all its names. */
export function readSubject(subject: ConvexitySubject, options: FormulaOptions): Subject {
  const plain = typeof subject === "string" ? parseFormula(subject) : lossFormula(subject);
  const inserts = Object.entries(options.substitute ?? {}).map(
    ([name, text]) => [name, parseFormula(text)] as const,
  );
  const given = { ...knownOf(subject), ...options.parameters };
  const values = Object.entries(given).filter(([, value]) => typeof value === "number");
  const expression = simplified(
    substitute(
      substitute(plain, Object.fromEntries(inserts)),
      Object.fromEntries(values) as Record<string, number>,
    ),
  );
  const free = [...namesIn(expression)].filter((name) => !(name in given));
  const variables = variablesOf(free, options.variables, expression, (unknown, known) =>
    typeof subject === "string" && !options.substitute
      ? unknownName(subject, unknown, [...known, ...Object.keys(given)])
      : undecidedNames([unknown], free),
  );
  const ranges = Object.entries(given).map(([name, value]) => [name, rangeOf(value)] as const);
  const own = Object.entries(options.domain ?? {}).map(
    ([name, ends]) => [name, rangeOf(ends)] as const,
  );
  const known: Domain = {
    ...Object.fromEntries(ranges),
    ...ownDomain(subject, variables),
    ...Object.fromEntries(own),
  };
  return {
    expression,
    variables,
    domain: { ...known, ...naturalDomain(expression, variables, known) },
  };
}

const rangeOf = (value: number | readonly [number, number]): Interval =>
  typeof value === "number" ? { lo: value, hi: value } : { lo: value[0], hi: value[1] };

function variablesOf(
  free: readonly string[],
  asked: FormulaOptions["variables"],
  e: Expression,
  complaint: (unknown: string, known: readonly string[]) => Error,
): readonly string[] {
  if (asked !== undefined) {
    const names = typeof asked === "string" ? [asked] : asked;
    const unknown = free.find((name) => !names.includes(name));
    if (unknown === undefined) return names;
    throw complaint(unknown, names);
  }
  if (free.length === 1) return free;
  if (free.length === 0)
    return [...namesIn(e)].slice(0, 1).length ? [...namesIn(e)].slice(0, 1) : ["x"];
  throw undecidedNames(free, free);
}

/** A name that neither varies nor has a value, with its place in the formula. */
function unknownName(text: string, unknown: string, known: readonly string[]): FormulaError {
  const at = Math.max(
    0,
    text.search(new RegExp(`(?<![\\p{L}\\p{N}_])${unknown}(?![\\p{L}\\p{N}_])`, "u")),
  );
  const hint = `Hint: give it a value, { parameters: { ${unknown}: 1 } }, or let it vary as well.`;
  return new FormulaError(
    `There is no ${unknown} here${nearest(unknown, known)}, at position ${at}:\n  ${text}\n  ${" ".repeat(at)}^\n${hint}`,
    at,
  );
}

const undecidedNames = (unknown: readonly string[], free: readonly string[]) =>
  new RangeError(
    `It is not clear what varies: ${unknown.join(", ")} ${unknown.length > 1 ? "have" : "has"} no value.\nHint: give values, for example { parameters: { ${unknown.at(-1)}: 1 } }, or name the variables, { variables: ${JSON.stringify(free)} }.`,
  );

/** The letter that each kind of argument has in the formulas of losses. */
export const letters: Readonly<Record<string, string>> = {
  residual: "r",
  "relative residual": "r",
  margin: "m",
  probability: "p",
  logit: "z",
  rate: "mu",
  "log rate": "z",
  logits: "z",
  probabilities: "p",
  "log-probabilities": "z",
  mask: "z",
  "mean and variance": "z_1",
  embedding: "z",
  amount: "a",
  distance: "d",
};

const domains: Readonly<Record<string, Interval>> = {
  probability: { lo: 0, hi: 1 },
  rate: { lo: 0, hi: Infinity },
  amount: { lo: 0, hi: Infinity },
};

const targetRanges: Readonly<Record<string, readonly [number, number]>> = {
  bits: [0, 1],
  shares: [0, 1],
  signs: [-1, 1],
  counts: [0, 1e6],
  amounts: [0, 1e6],
};

/** A loss's own settings, and where its targets lie. */
function knownOf(subject: ConvexitySubject): NonNullable<FormulaOptions["parameters"]> {
  if (typeof subject === "string") return {};
  const range = subject.targets && targetRanges[subject.targets];
  return { ...(range && { y: range }), ...numbersOf(subject.parameters) };
}

/** The settings that are single numbers; a row such as class weights stays open. */
export const numbersOf = (parameters: LossFacts["parameters"]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      typeof value === "number" ? [[name, value] as const] : [],
    ),
  );

function ownDomain(subject: ConvexitySubject, variables: readonly string[]): Domain {
  if (typeof subject === "string") return {};
  const [variable] = variables;
  const letter = letters[subject.argument];
  const domain = domains[subject.argument];
  return domain && variable !== undefined && variable === letter ? { [variable]: domain } : {};
}

/** The formula of a loss, its pieces put together. */
export function lossFormula({ formula, argument }: LossFacts): Expression {
  const last = formula.at(-1);
  if (!last)
    throw new TypeError(
      `This loss has no formula (its argument is ${argument}).\nHint: give the formula as text.`,
    );
  const otherwise = parseFormula(last.value);
  const pieces = formula.slice(0, -1).map(({ where = "", value }) => ({
    where: parseCondition(where),
    value: parseFormula(value),
  }));
  return pieces.length ? { kind: "pieces", pieces, otherwise } : otherwise;
}
