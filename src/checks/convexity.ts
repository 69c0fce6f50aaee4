import {
  asText,
  type ConvexitySubject,
  type Domain,
  type Expression,
  everything,
  type FormulaOptions,
  type Interval,
  namesIn,
  negative,
  readSubject,
  shapeOf,
  simplified,
} from "../symbolic/index.ts";
import { convexOn, leastCurvature } from "./certificate.ts";
import { type Chord, chordAbove } from "./chord.ts";

/** Whether a function is convex, why, or why not. */
export interface ConvexityReport {
  /** The strongest of these that is proved; a quasiconvex or concave function is not convex. */
  readonly verdict:
    | "convex"
    | "strictly convex"
    | "strongly convex"
    | "concave"
    | "quasiconvex"
    | "not convex"
    | "undecided";
  /** Where the verdict holds, in words. */
  readonly where: string;
  /** The verdict in one sentence. */
  readonly sentence: string;
  /** The rules that prove it, the innermost first. */
  readonly proof?: readonly string[];
  /** Two points whose chord runs below the function; checked in interval arithmetic. */
  readonly counterexample?: Chord;
  /** For a strongly convex function: its second derivative is at least this everywhere. */
  readonly modulus?: number;
}

/**
 * Says whether a function is convex: with the rules of composition that prove it, or with two
 * points whose chord the function exceeds, or with a bound of its second derivative on a box.
 * An answer that cannot be proved is `"undecided"`, never a guess.
 *
 * @param subject A formula such as `"(p - y)^2"`, or a loss.
 * @throws FormulaError for a formula that cannot be read, with the position
 * @throws RangeError when it is not clear which names vary
 * @example
 * convexity("(p - 3)^2").verdict   // → "strongly convex"
 * convexity("log(1 + exp(-z))").verdict   // → "strictly convex"
 * convexity("sin(x)").verdict   // → "not convex"
 * convexity("x^4 - x^2").counterexample.t   // → 0.5
 * @see M. Grant, S. Boyd, Y. Ye, “Disciplined Convex Programming”, 2006, doi:10.1007/0-387-30528-9_7
 */
export function convexity(
  subject: ConvexitySubject,
  options: FormulaOptions = {},
): ConvexityReport {
  const { expression, variables, domain } = readSubject(subject, options);
  return shown(judged(simplified(expression), variables, domain));
}

function judged(e: Expression, variables: readonly string[], domain: Domain): ConvexityReport {
  const proof: string[] = [];
  const shape = shapeOf(e, variables, domain, proof);
  const where = wholeDomain(variables, domain);
  if (["constant", "affine", "convex"].includes(shape.curvature))
    return proved(e, variables, domain, shape.strict, { where, proof });
  if (shape.curvature === "concave")
    return {
      verdict: "concave",
      where,
      proof,
      sentence: `${asText(e)} is concave ${where}, by the rules of composition.`,
    };
  const quasi = shape.quasiconvex ? { proof } : undefined;
  return searched(e, variables, domain, quasi);
}

/** Convex by rules; strictly or strongly where that can be shown as well. */
function proved(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
  strict: boolean,
  report: { readonly where: string; readonly proof: readonly string[] },
): ConvexityReport {
  const fixed = [...namesIn(e)].filter((name) => !variables.includes(name));
  const exact = fixed.every((name) => domain[name]?.lo === domain[name]?.hi);
  const alone = variables.length === 1;
  const modulus = alone ? leastCurvature(e, variables[0]!, domain) : 0;
  const verdict =
    modulus > 0 ? "strongly convex" : strict && exact && alone ? "strictly convex" : "convex";
  const least = modulus > 0 ? `: its second derivative is at least ${short(modulus)}` : "";
  return {
    verdict,
    ...report,
    sentence: `${asText(e)} is ${verdict} ${report.where}, by the rules of composition${least}.`,
    ...(modulus > 0 && { modulus }),
  };
}

/** No proof by rules: look for a chord that refutes it, then for a bound of the curvature on a box. */
function searched(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
  quasi: { readonly proof: readonly string[] } | undefined,
): ConvexityReport {
  const counterexample = chordAbove(e, variables, domain);
  if (counterexample) return refuted(e, variables, domain, counterexample, quasi);
  const [variable, ...others] = variables;
  const box = variable !== undefined && !others.length && convexOn(e, variable, domain);
  if (!box)
    return {
      verdict: "undecided",
      where: "nowhere for certain",
      sentence: `Whether ${asText(e)} is convex stays open: no rule proves it and no chord refutes it.`,
    };
  const where = `for ${short(box.lo)} ≤ ${variable} ≤ ${short(box.hi)}`;
  return {
    verdict: "convex",
    where,
    proof: box.proof,
    sentence: `${asText(e)} is convex ${where}: its second derivative is nowhere negative there, bounded by interval arithmetic.`,
  };
}

function refuted(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
  counterexample: Chord,
  quasi: { readonly proof: readonly string[] } | undefined,
): ConvexityReport {
  const concave = !chordAbove(negative(e), variables, domain) && concaveBox(e, variables, domain);
  const verdict = concave ? "concave" : quasi ? "quasiconvex" : "not convex";
  const where =
    quasi && !concave ? wholeDomain(variables, domain) : "at the points of the counterexample";
  const { x, y, t, value, chord, given } = counterexample;
  const fixed = given ? `for ${pointText(given)}, ` : "";
  const points = `${fixed}between ${pointText(x)} and ${pointText(y)} (t = ${short(t)}) the function is ${short(value)}, above its chord, ${short(chord)}`;
  const also = verdict === "not convex" ? "" : `, though it is ${verdict}`;
  return {
    verdict,
    where: concave || where,
    counterexample,
    ...(quasi && !concave && { proof: quasi.proof }),
    sentence: `${asText(e)} is not convex${also}: ${points}.`,
  };
}

function concaveBox(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
): string | undefined {
  const [variable, ...others] = variables;
  if (variable === undefined || others.length) return undefined;
  const box = convexOn(simplified(negative(e)), variable, domain);
  return box && `for ${short(box.lo)} ≤ ${variable} ≤ ${short(box.hi)}`;
}

function wholeDomain(variables: readonly string[], domain: Domain): string {
  const bounded = variables
    .map((name) => ({ name, ...(domain[name] ?? everything) }))
    .filter(isBounded);
  if (!bounded.length) return "everywhere";
  return `for ${bounded.map(({ name, lo, hi }) => stretch(name, lo, hi)).join(" and ")}`;
}

const isBounded = ({ lo, hi }: Interval) => lo !== -Infinity || hi !== Infinity;

function stretch(name: string, lo: number, hi: number): string {
  if (lo === -Infinity) return `${name} < ${short(hi)}`;
  return hi === Infinity ? `${name} > ${short(lo)}` : `${short(lo)} < ${name} < ${short(hi)}`;
}

const short = (value: number) => String(Number(value.toPrecision(5)));

const pointText = (point: Readonly<Record<string, number>>) =>
  Object.entries(point)
    .map(([name, value]) => `${name} = ${short(value)}`)
    .join(", ");

function shown(report: ConvexityReport): ConvexityReport {
  const text = [report.sentence, ...(report.proof ?? []).map((rule) => `  ${rule}`)].join("\n");
  const rules = (report.proof ?? []).map((rule) => `1. ${rule}`).join("\n");
  const markdown = `**${report.verdict}** — ${report.sentence}\n\n${rules}`;
  const bundle = () => ({ "text/plain": text, "text/markdown": markdown });
  return Object.defineProperty({ ...report }, Symbol.for("Jupyter.display"), { value: bundle });
}
