import { knownOptions } from "../options.ts";
import { shownAs } from "../shown.ts";
import { derivative } from "./derivative.ts";
import { type Expression, keyOf, namesIn } from "./Expression.ts";
import { evaluate, type Rows } from "./evaluate.ts";
import { type ConvexitySubject, letters, lossFormula, numbersOf } from "./formulaSubject.ts";
import { parseFormula, winner } from "./parseFormula.ts";
import { asTeX, asText, rowsIn } from "./print.ts";
import { simplified } from "./rewrite.ts";

/** One line of a derivation. */
export interface DerivationStep {
  /** The rule that was used, with its formula. */
  readonly rule: string;
  /** `d/dz [softplus(z)] = sigmoid(z)` */
  readonly text: string;
  readonly tex: string;
  /** The largest relative difference from measured slopes at the points that were tried. */
  readonly error: number;
}

/** A derivative line by line, from the formula to the textbook form. */
export interface Derivation {
  readonly formula: string;
  /** The name it is differentiated by. */
  readonly by: string;
  /** The derivative in its simplest form, as text and as TeX. */
  readonly result: string;
  readonly tex: string;
  readonly steps: readonly DerivationStep[];
}

/** How to derive. */
export interface DeriveOptions {
  /** The name to differentiate by; default the loss's argument, or the only name there is. */
  readonly by?: string;
  /** Values of the other names, for the numeric check of each step. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/**
 * Differentiates a formula or a loss and shows the way: each step with its rule, as text and TeX,
 * and each compared with a measured slope.
 *
 * @throws FormulaError for a formula that cannot be read
 * @throws RangeError when it is not clear what to differentiate by
 * @example
 * derive("log(1 + exp(z)) - y * z", { by: "z" }).result   // → "sigmoid(z) - y"
 * derive("abs(r) <= 1 ? r^2 / 2 : abs(r) - 1/2").result   // → "abs(r) <= 1 ? r : sign(r)"
 * derive("log(sum(exp(z))) - sum(t .* z)", { by: "z" }).result   // → "exp(z) / sum(exp(z)) - t"
 */
export function derive(subject: ConvexitySubject, options: DeriveOptions = {}): Derivation {
  knownOptions("derive", options, ["by", "parameters"]);
  const e = typeof subject === "string" ? parseFormula(subject) : lossFormula(subject);
  const by = options.by ?? variableOf(subject, e);
  const values = {
    ...(typeof subject === "string" ? {} : numbersOf(subject.parameters)),
    ...options.parameters,
  };
  const points = pointsFor(e, by, values);
  const rows = rowsIn(e);
  const steps: DerivationStep[] = [];
  const seen = new Set<string>();
  const short = simplified(e);
  if (keyOf(short) !== keyOf(e)) steps.push(rewriting(e, short, rows, points));
  const raw = derivative(short, by, (rule, of, result) => {
    if (of.kind === "number" || of.kind === "name" || !namesIn(of).has(by) || seen.has(keyOf(of)))
      return;
    seen.add(keyOf(of));
    steps.push(stepFor(rule, of, simplified(result), { by, rows, points }));
  });
  const result = simplified(raw);
  if (namesIn(e).has(winner) && rows.includes(winner))
    steps.unshift(winnerStep(e, result, { by, rows, points }));
  return shown(
    { formula: asText(e), by, result: asText(result), tex: asTeX(result, rows), steps },
    asTeX(e),
  );
}

function variableOf(subject: ConvexitySubject, e: Expression): string {
  const names = [...namesIn(e)];
  const letter = typeof subject === "string" ? undefined : letters[subject.argument];
  if (letter !== undefined && names.includes(letter)) return letter;
  if (names.length === 1) return names[0]!;
  throw new RangeError(
    `It is not clear what to differentiate by: the formula has ${names.join(", ") || "no name"}.\nHint: derive(formula, { by: "${names[0] ?? "x"}" }).`,
  );
}

interface Point {
  readonly at: Readonly<Record<string, number>>;
  readonly rows: Rows;
}

/** Places for the numeric check: spread out, off round numbers, where seams seldom lie. */
function pointsFor(
  e: Expression,
  by: string,
  values: Readonly<Record<string, number>>,
): readonly Point[] {
  const rowNames = rowsIn(e).filter((name) => values[name] === undefined);
  const others = [...namesIn(e)].filter((name) => name !== by && values[name] === undefined);
  const rest = Object.fromEntries(others.map((name, i) => [name, 0.3 + 0.21 * i]));
  return [0.137, 0.61, 0.893, -0.72, 2.31, -3.17].map((x) => {
    const rows = Object.fromEntries(
      rowNames.map((name, i) => [
        name,
        name === by ? [0.4, x, -0.8] : [0.2 + 0.1 * i, rest[name] ?? 0.3, 0.5],
      ]),
    );
    return { at: { ...rest, ...values, [by]: x }, rows };
  });
}

interface Place {
  readonly by: string;
  readonly rows: readonly string[];
  readonly points: readonly Point[];
}

function stepFor(
  rule: string,
  of: Expression,
  result: Expression,
  { by, rows, points }: Place,
): DerivationStep {
  const operator = `\\frac{\\partial}{\\partial ${rows.includes(by) ? `${by}_j` : asTeX(parseFormula(by))}}`;
  return {
    rule,
    text: `d/d${by} [${asText(of)}] = ${asText(result)}`,
    tex: `${operator}\\left[${asTeX(of, rows)}\\right] = ${asTeX(result, rows)}`,
    error: Math.max(0, ...points.map((point) => slopeError(of, result, by, point))),
  };
}

/** How far a derivative is from a central difference, relative to their size. */
function slopeError(of: Expression, result: Expression, by: string, { at, rows }: Point): number {
  const h = 1e-5;
  const value = (x: number) => {
    const row = rows[by];
    const moved = row
      ? { ...rows, [by]: row.map((component, k) => (k === 1 ? x : component)) }
      : rows;
    return evaluate(of, { ...at, [by]: x }, moved);
  };
  const x = at[by]!;
  const slope = (value(x + h) - value(x - h)) / (2 * h);
  const exact = evaluate(result, at, rows);
  // Outside the formula's domain there is nothing to compare.
  if (!Number.isFinite(slope) || !Number.isFinite(exact)) return 0;
  return Math.abs(slope - exact) / Math.max(1, Math.abs(slope), Math.abs(exact));
}

/**
 * The largest component of a row is Σ w·u with w = 1 at the winner. Measured with the winner that each
 * place really has, so the slope is that of the maximum itself.
 */
function winnerStep(
  e: Expression,
  result: Expression,
  { by, rows, points }: Place,
): DerivationStep {
  const components = [0, 1, 2];
  const choices = components.map((k) => components.map((i) => Number(i === k)));
  const errors = points.map(({ at, rows: values }) => {
    const ranked = choices
      .map((w) => ({ w, height: evaluate(e, at, { ...values, [winner]: w }) }))
      .toSorted((a, b) => b.height - a.height);
    const { w } = ranked[0]!;
    // Outside of sums a row stands for its component 1, the one that is moved.
    const point = { at: { ...at, [winner]: w[1]! }, rows: { ...values, [winner]: w } };
    return slopeError(e, result, by, point);
  });
  return {
    rule: "maximum over a row: w is 1 at its largest component, and the derivative is that of the winner",
    text: `the formula = ${asText(e)}`,
    tex: asTeX(e, rows),
    error: Math.max(0, ...errors),
  };
}

function rewriting(
  e: Expression,
  short: Expression,
  rows: readonly string[],
  points: readonly Point[],
): DerivationStep {
  const errors = points.map(({ at, rows }) => {
    const [before, after] = [evaluate(e, at, rows), evaluate(short, at, rows)];
    const size = Math.max(1, Math.abs(before));
    return Number.isFinite(before) ? Math.abs(before - after) / size : 0;
  });
  return {
    rule: "rewrite: the same function in its short form",
    text: `${asText(e)} = ${asText(short)}`,
    tex: `${asTeX(e, rows)} = ${asTeX(short, rows)}`,
    error: Math.max(0, ...errors),
  };
}

function shown(derivation: Derivation, formula: string): Derivation {
  const { steps, by, result, tex } = derivation;
  const text = [...steps.map(({ text, rule }) => `${text}    (${rule})`), `result: ${result}`].join(
    "\n",
  );
  const lines = steps.map((step) => `1. ${step.rule}\n\n   $$${step.tex}$$`);
  const markdown = [`$$${formula}$$`, ...lines, `**Result** (by ${by}):`, `$$${tex}$$`].join(
    "\n\n",
  );
  const bundle = () => ({ "text/plain": text, "text/markdown": markdown });
  return shownAs({ ...derivation }, bundle);
}
