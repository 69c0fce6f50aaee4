import type { TensorLike } from "../engine/index.ts";
import type { AnyLoss } from "../losses/index.ts";
import { knownOptions } from "../options.ts";
import {
  asText,
  type ConvexitySubject,
  type Domain,
  type Expression,
  everything,
  type FormulaOptions,
  formulaOptions,
  type Interval,
  namesIn,
  negative,
  readSubject,
  shapeOf,
  simplified,
} from "../symbolic/index.ts";
import { type ConvexityReport, shown } from "./ConvexityReport.ts";
import { convexOn, leastCurvature } from "./certificate.ts";
import { type Chord, chordAbove } from "./chord.ts";
import {
  type ModelAndLoss,
  type ParameterConvexityReport,
  type ParameterOptions,
  parameterConvexity,
} from "./inParameters/index.ts";
import { flattened, shapeIfNumeric } from "./numbers.ts";

/**
 * Says whether a function is convex: with the rules of composition that prove it, or with two
 * points whose chord the function exceeds, or with a bound of its second derivative on a box.
 * An answer that cannot be proved is `"undecided"`, never a guess.
 *
 * A function of parameters, or a model with its loss, is judged in its parameters: a model that is
 * affine in them under a convex loss has a proof, with the eigenvalues of its Hessian; a network is
 * refuted by exchanging hidden units, or along a direction in which it curves down.
 *
 * @param subject A formula such as `"(p - y)^2"`, a loss, a function of parameters, or `{ model, loss }`.
 * @throws FormulaError for a formula that cannot be read, with the position
 * @throws RangeError when it is not clear which names vary
 * @throws TypeError when a function of parameters is given without parameters to look at
 * @example
 * convexity("(p - 3)^2").verdict   // → "strongly convex"
 * convexity("log(1 + exp(-z))").verdict   // → "strictly convex"
 * convexity("sin(x)").verdict   // → "not convex"
 * convexity("x^4 - x^2").counterexample.t   // → 0.5
 * convexity({ model: (w, x) => w.mul(x), loss: mse() }, { at: tensor(0), batch: { x: [1, 3], y: [2, 4] } }).modulus   // → 10
 * convexity((p) => p.u.mul(p.v).sub(1).square(), { at: { u: 1, v: 1 } }).verdict   // → "not convex"
 * @see M. Grant, S. Boyd, Y. Ye, “Disciplined Convex Programming”, 2006, doi:10.1007/0-387-30528-9_7
 */
export function convexity(subject: ConvexitySubject, options?: FormulaOptions): ConvexityReport;
export function convexity<P, X>(
  subject: ModelAndLoss<P, X>,
  options: ParameterOptions<P, { readonly x: X; readonly y: TensorLike }>,
): ParameterConvexityReport<P>;
export function convexity<P, B>(
  subject: (parameters: P, batch: B) => unknown,
  options: ParameterOptions<P, B>,
): ParameterConvexityReport<P>;
export function convexity(subject: unknown, options: unknown = {}): unknown {
  if (!isInParameters(subject))
    return ofFormula(subject as ConvexitySubject, options as FormulaOptions);
  const { at } = options as Partial<ParameterOptions<unknown, unknown>>;
  if (at === undefined)
    throw new TypeError(
      "Whether a function is convex in its parameters needs parameters to look at, but none were given.\nHint: convexity(f, { at: { w: [0.5, -1], b: 0 } }).",
    );
  knownOptions("convexity in parameters", options, ["at", "batch"]);
  return parameterConvexity(subject, options as ParameterOptions<unknown, unknown>, isStrict);
}

/** A function without the facts of a loss, or a model with a loss. */
const isInParameters = (subject: unknown): subject is Parameters<typeof parameterConvexity>[0] =>
  (typeof subject === "function" && !("formula" in subject)) ||
  (typeof subject === "object" && subject !== null && "model" in subject && "loss" in subject);

function ofFormula(subject: ConvexitySubject, options: FormulaOptions): ConvexityReport {
  knownOptions("convexity", options, formulaOptions);
  const { expression, variables, domain } = readSubject(subject, options);
  return shown(judged(simplified(expression), variables, domain));
}

/** More kinds of targets than this are not gone through one by one. */
const mostTargets = 12;

const withTargetInside = ["residual", "relative residual", "margin"];
const ofOneNumber = [
  ...withTargetInside,
  "probability",
  "logit",
  "rate",
  "log rate",
  "amount",
  "distance",
];

/** Whether a loss is strictly convex in its argument, for each of the targets. */
function isStrict(loss: AnyLoss, targets: unknown): boolean {
  if (!ofOneNumber.includes(loss.argument) || !shapeIfNumeric(targets)) return false;
  const inFormula = !withTargetInside.includes(loss.argument);
  const kinds = inFormula ? [...new Set(flattened(targets))] : [0];
  if (kinds.length > mostTargets) return false;
  return kinds.every((y) => {
    const { verdict } = ofFormula(loss, { parameters: { y } });
    return verdict === "strictly convex" || verdict === "strongly convex";
  });
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
  const where = `for ${stretch(variable, box.lo, box.hi)}`;
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
  return box && `for ${stretch(variable, box.lo, box.hi)}`;
}

function wholeDomain(variables: readonly string[], domain: Domain): string {
  const bounded = variables
    .map((name) => ({ name, ...(domain[name] ?? everything) }))
    .filter(isBounded);
  if (!bounded.length) return "everywhere";
  return `for ${bounded.map(({ name, lo, hi }) => stretch(name, lo, hi)).join(" and ")}`;
}

const isBounded = ({ lo, hi }: Interval) => lo !== -Infinity || hi !== Infinity;

/** Without its ends: where a piece of the function begins at one, the value may jump there. */
function stretch(name: string, lo: number, hi: number): string {
  if (lo === -Infinity) return `${name} < ${short(hi)}`;
  return hi === Infinity ? `${name} > ${short(lo)}` : `${short(lo)} < ${name} < ${short(hi)}`;
}

const short = (value: number) => String(Number(value.toPrecision(5)));

const pointText = (point: Readonly<Record<string, number>>) =>
  Object.entries(point)
    .map(([name, value]) => `${name} = ${short(value)}`)
    .join(", ");
