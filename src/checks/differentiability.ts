import { knownOptions } from "../options.ts";
import { shownAs } from "../shown.ts";
import {
  type ConvexitySubject,
  compiled,
  derivative,
  type Expression,
  everything,
  type FormulaOptions,
  formulaOptions,
  jetOf,
  readSubject,
  simplified,
  substitute,
} from "../symbolic/index.ts";
import { offCentre } from "./certificate.ts";
import { middles } from "./chord.ts";
import { slopeAt } from "./slope.ts";

/** A point where a function has no derivative. */
export interface Kink {
  readonly at: number;
  /** `"kink"`: two slopes meet. `"jump"`: the value jumps. `"vertical"`: infinitely steep. `"undefined"`: no value there. */
  readonly kind: "kink" | "jump" | "vertical" | "undefined";
  readonly left: number;
  readonly right: number;
  /** Every number between the two slopes; at a kink upwards these are the subgradients. */
  readonly interval?: readonly [number, number];
}

/** Where a function is differentiable, and how fast it and its slope can change. */
export interface DifferentiabilityReport {
  /** `"jumps"` when the value breaks off somewhere, `"kinks"` when only the slope does. */
  readonly verdict: "smooth" | "kinks" | "jumps";
  readonly sentence: string;
  readonly range: readonly [number, number];
  readonly kinks: readonly Kink[];
  /** No slope on the range is larger in size; Infinity at a jump or without a bound. */
  readonly lipschitz: number;
  /** The slope changes by no more than this per unit; Infinity at a kink. */
  readonly smoothness: number;
}

/** What to look at. */
export interface DifferentiabilityOptions extends FormulaOptions {
  /** From where to where; default −10 to 10, within the formula's domain. */
  readonly range?: readonly [number, number];
}

/**
 * Says where a formula or a loss has kinks and jumps, with the slopes on both sides, and bounds
 * its slope (Lipschitz constant) and its curvature (smoothness) on a range. The bounds come from
 * interval arithmetic, so they are never too small.
 *
 * @throws FormulaError for a formula that cannot be read
 * @throws RangeError when it is not clear which name varies
 * @example
 * differentiability("abs(x)").kinks[0].interval   // → [-1, 1]
 * differentiability("abs(r) <= 1 ? r^2 / 2 : abs(r) - 1/2").verdict   // → "smooth"
 * differentiability("max(0, 1 - m)").kinks[0].at   // → 1
 */
export function differentiability(
  subject: ConvexitySubject,
  options: DifferentiabilityOptions = {},
): DifferentiabilityReport {
  knownOptions("differentiability", options, [...formulaOptions, "range"]);
  const { expression, variables, domain } = readSubject(subject, options);
  const variable = variables[0] ?? "x";
  const e = simplified(substitute(expression, middles(variables, domain)));
  const limits = domain[variable] ?? everything;
  const [from, to] = options.range ?? [-10, 10];
  const range = [Math.max(from, limits.lo), Math.min(to, limits.hi)] as const;
  const kinks = kinksOf(e, variable, range);
  const { lipschitz, smoothness } = constants(e, variable, range, kinks);
  return shown(reportOn(variable, range, kinks, lipschitz, smoothness));
}

/** Kinks are looked for where interval arithmetic cannot bound the curvature, ever closer. */
function kinksOf(
  e: Expression,
  variable: string,
  [from, to]: readonly [number, number],
): readonly Kink[] {
  const f = compiled(e, [variable]);
  const candidates = suspicious(e, variable, from, to).map((place) => rounded(place));
  const found = [...new Set(candidates)].flatMap((at) => kinkAt((x) => f([x]), at) ?? []);
  return found.toSorted((a, b) => a.at - b.at);
}

/** The middles of tiny boxes on which value or slope may still jump. */
function suspicious(e: Expression, variable: string, from: number, to: number): readonly number[] {
  const open = [{ lo: from, hi: to }];
  const places: number[] = [];
  for (let boxes = 0; open.length && boxes < 6000 && places.length < 64; boxes++) {
    const { lo, hi } = open.pop()!;
    const { curvature } = jetOf(e, variable, { lo, hi });
    if (Number.isFinite(curvature.lo) && Number.isFinite(curvature.hi)) continue;
    const middle = lo + offCentre * (hi - lo);
    if (hi - lo > 1e-13 * Math.max(1, Math.abs(lo)))
      open.push({ lo: middle, hi }, { lo, hi: middle });
    else if (!places.some((place) => Math.abs(place - middle) < 1e-8)) places.push(middle);
  }
  return places;
}

/** The number with few digits that is meant, where one is that near. */
function rounded(place: number): number {
  const short = Math.round(place * 1e11) / 1e11;
  return Math.abs(short - place) < 4e-13 * Math.max(1, Math.abs(place)) ? short + 0 : place;
}

function kinkAt(f: (x: number) => number, at: number): Kink | undefined {
  const [before, here, after] = [f(at - 1e-9), f(at), f(at + 1e-9)];
  const size = 1 + Math.abs(here);
  // At an end of where the function is defined there is nothing to compare with.
  if (!Number.isFinite(before) || !Number.isFinite(after)) return undefined;
  if (!Number.isFinite(here)) return { at, kind: "undefined", left: Number.NaN, right: Number.NaN };
  const scale = Math.max(1, Math.abs(at));
  const slope = slopeAt({ f, x: at, centre: here, scale, noise: 2 ** -52 * size });
  const jumps = Math.max(Math.abs(before - after), Math.abs(before - here)) > 1e-3 * size;
  if (slope.kind === "smooth" && !jumps) return undefined;
  if (slope.kind === "corner") {
    const [left, right] = [tidy(slope.left), tidy(slope.right)];
    return {
      at,
      kind: "kink",
      left,
      right,
      interval: [Math.min(left, right), Math.max(left, right)],
    };
  }
  return { at, kind: jumps ? "jump" : "vertical", left: slope.left, right: slope.right };
}

/** Without the last digits, which measuring leaves open. */
const tidy = (slope: number) => Number(slope.toPrecision(10)) + 0;

/** Bounds of slope and curvature from interval arithmetic on many boxes, between the kinks. */
function constants(
  e: Expression,
  variable: string,
  [from, to]: readonly [number, number],
  kinks: readonly Kink[],
) {
  const slope = simplified(derivative(e, variable));
  const boxes = 2000;
  let [steepest, sharpest] = [0, 0];
  for (let i = 0; i < boxes; i++) {
    const box = {
      lo: from + ((to - from) * i) / boxes,
      hi: from + ((to - from) * (i + 1)) / boxes,
    };
    const first = jetOf(e, variable, box).slope;
    const second = jetOf(slope, variable, box).slope;
    steepest = Math.max(steepest, Math.abs(first.lo), Math.abs(first.hi));
    sharpest = Math.max(sharpest, Math.abs(second.lo), Math.abs(second.hi));
  }
  const breaks = kinks.some(({ kind }) => kind !== "kink");
  return {
    lipschitz: breaks ? Number.POSITIVE_INFINITY : steepest,
    smoothness: kinks.length ? Number.POSITIVE_INFINITY : sharpest,
  };
}

function reportOn(
  variable: string,
  range: readonly [number, number],
  kinks: readonly Kink[],
  lipschitz: number,
  smoothness: number,
): DifferentiabilityReport {
  const torn = kinks.some(({ kind }) => kind === "jump" || kind === "undefined");
  const verdict = torn ? "jumps" : kinks.length ? "kinks" : "smooth";
  const where = `for ${short(range[0])} < ${variable} < ${short(range[1])}`;
  const places = kinks.map(inWords(variable)).join("; ");
  const steep = Number.isFinite(lipschitz)
    ? `It is nowhere steeper than ${short(lipschitz)}.`
    : "Its slope has no bound.";
  const bend = Number.isFinite(smoothness)
    ? ` Its slope changes by at most ${short(smoothness)} per unit.`
    : "";
  const start = kinks.length
    ? `It is differentiable ${where} except at ${places}.`
    : `It is differentiable everywhere ${where}.`;
  return { verdict, sentence: `${start} ${steep}${bend}`, range, kinks, lipschitz, smoothness };
}

const inWords =
  (variable: string) =>
  ({ at, kind, left, right }: Kink): string =>
    kind === "kink"
      ? `${variable} = ${short(at)} (a kink: slope ${short(left)} on the left, ${short(right)} on the right)`
      : `${variable} = ${short(at)} (${breaks[kind]})`;

const breaks = {
  jump: "the value jumps",
  vertical: "infinitely steep",
  undefined: "it has no value there",
} as const;

const short = (value: number) => String(Number(value.toPrecision(4)));

function shown(report: DifferentiabilityReport): DifferentiabilityReport {
  const bundle = () => ({ "text/plain": report.sentence, "text/markdown": report.sentence });
  return shownAs({ ...report }, bundle);
}
