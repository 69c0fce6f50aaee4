import { random } from "../engine/index.ts";
import { knownOptions } from "../options.ts";
import type { Cause } from "./Cause.ts";
import {
  type AuthorFacts,
  causeOf,
  type GradientMistake,
  gatherEvidence,
  namedMistake,
} from "./causes/index.ts";
import { comparedRows } from "./comparedRows.ts";
import { fartherAway } from "./coordinates.ts";
import { type GradCheckReport, type GradCheckRow, shown } from "./GradCheckReport.ts";
import { measuring } from "./measuring.ts";
import { copyOf, isSingle, largestSize, sameNumbers } from "./numbers.ts";
import { layoutOf, type ParameterLayout, type ParameterTree } from "./parameterLayout.ts";
import { isCause, readGradient } from "./readGradient.ts";
import { reportFrom, short } from "./reportFrom.ts";
import {
  type AnyFunction,
  calledOn,
  changes,
  gradientThrows,
  mutates,
  obstacleIn,
} from "./subject.ts";

/** How a gradient is checked. */
export interface GradCheckOptions<P, B> extends AuthorFacts<P, B> {
  /** Data for both functions, as their second argument. */
  readonly batch?: B;
  /** Gradients that someone might write by a known mistake; the first that fits names the cause. */
  readonly mistakes?: readonly GradientMistake<P, B>[];
  /** Fast mode for many parameters: compare along so many random directions, not entry by entry. */
  readonly directions?: number;
  /** The relative error up to which two slopes agree; default 1e-5 (1e-4 for float32 gradients). */
  readonly tolerance?: number;
}

/**
 * Compares a gradient with the slopes of the function itself, measured by differences.
 * Whoever wrote the gradient learns whether it is right, where it is not, and which value is right there.
 *
 * Structure comes first: every parameter needs a finite slope, in the parameter's own shape, and
 * nothing that was handed in may be changed. Then each slope is measured by Ridders' extrapolation,
 * which also tells how far it may be off itself. Where the function has a kink, every value between
 * the slope from the left and the slope from the right is right.
 *
 * @param f A function of the parameters (and the batch, if there is one) that gives one number.
 * @param gradient Its gradient: a function of the same arguments, or the gradient itself, in the
 * structure of the parameters.
 * @param parameters A number, arrays of numbers, tensors, or records of these.
 * @throws TypeError when the parameters are something else.
 * @example
 * gradCheck((x) => x ** 2, (x) => 2 * x, 3).verdict   // → "right"
 * gradCheck((p) => p.w ** 2 + p.b, (p) => ({ w: p.w, b: 1 }), { w: 3, b: 2 }).rows[0].numeric   // → 6
 * gradCheck((x) => Math.abs(x), 0.5, 0).rows[0].interval   // → [-1, 1]
 * @see C. J. F. Ridders, “Accurate computation of F′(x) and F′(x)F″(x)”, Advances in Engineering
 * Software 4, 1982, doi:10.1016/S0141-1195(82)80057-0
 */
export function gradCheck<P, B = undefined>(
  f: (parameters: P, batch: B) => unknown,
  gradient: ((parameters: P, batch: B) => unknown) | ParameterTree,
  parameters: P,
  options: GradCheckOptions<P, B> = {},
): GradCheckReport {
  knownOptions("gradCheck", options, Object.keys(known));
  checkDirections(options.directions);
  // From here on the caller's types are trees of numbers; layoutOf refuses what is not.
  const layout = layoutOf(parameters as ParameterTree);
  if (!layout.values.length)
    throw new TypeError(
      "A gradient check needs at least one parameter, but there is none.\nHint: for example { w: [0.5, -1], b: 0 }.",
    );
  const check = { layout, f, gradient, ...options } as unknown as Check;
  const obstacle = obstacleIn(layout, check.f, check.batch);
  if (obstacle) return verdictOf("undecided", obstacle);
  const yours = computed(check);
  if (isCause(yours)) return verdictOf("wrong", yours);
  const report = compared(check, yours);
  return report.verdict === "right" ? (wrongElsewhere(check, yours) ?? report) : report;
}

/** Every option there is; the type lets none be forgotten. */
const known: Record<keyof GradCheckOptions<never, never>, true> = {
  batch: true,
  classes: true,
  directions: true,
  mistakes: true,
  prediction: true,
  quantities: true,
  regions: true,
  tolerance: true,
};

function checkDirections(directions: number | undefined): void {
  if (directions === undefined || (Number.isInteger(directions) && directions > 0)) return;
  throw new RangeError(
    `The fast mode needs a whole number of directions above 0, but got ${directions}.\nHint: { directions: 5 }, or leave it out to compare every entry.`,
  );
}

/** Above this the check keeps to the parameters that were given. */
const mostToTryElsewhere = 200;

/**
 * A mistake in a case that does not occur at the given parameters shows at others. What depends on
 * nothing, or cannot be computed there, is left alone.
 */
function wrongElsewhere(check: Check, yours: Float64Array): GradCheckReport | undefined {
  const { layout, gradient, batch } = check;
  if (typeof gradient !== "function" || check.directions) return undefined;
  if (yours.length > mostToTryElsewhere) return undefined;
  // In float32 the differences are too coarse to accuse anyone at parameters nobody chose.
  if (isSingle(yours)) return undefined;
  for (const values of fartherAway(layout)) {
    const there = layoutOf(layout.rebuild(values));
    const other = computed({ ...check, layout: there });
    if (isCause(other) || (gradient.length === 0 && sameNumbers(other, yours))) continue;
    if (obstacleIn(there, check.f, batch)) continue;
    const report = compared({ ...check, layout: there }, other);
    if (report.verdict === "wrong") return elsewhere(report);
  }
  return undefined;
}

function elsewhere(report: GradCheckReport): GradCheckReport {
  const places = report.rows
    .slice(0, 4)
    .map(({ name, parameter }) => `${name} = ${short(parameter)}`);
  const more = report.rows.length > 4 ? ", …" : "";
  const before = `At the given parameters every slope agrees, but not at others (${places.join(", ")}${more}).`;
  const cause = report.cause && { ...report.cause, sentence: `${before} ${report.cause.sentence}` };
  return shown({ ...report, sentence: `${before} ${report.sentence}`, ...(cause && { cause }) });
}

/** One gradient check, with the caller's types behind it. */
interface Check extends AuthorFacts<never, never> {
  readonly layout: ParameterLayout;
  readonly f: AnyFunction;
  readonly gradient: AnyFunction | ParameterTree;
  readonly batch: unknown;
  readonly tolerance?: number;
  readonly directions?: number;
  readonly mistakes?: readonly GradientMistake<never, never>[];
}

function verdictOf(verdict: "wrong" | "undecided", cause: Cause): GradCheckReport {
  return shown({ verdict, sentence: cause.sentence, cause, groups: [], rows: [], evaluations: 0 });
}

/** The numbers of the gradient under test, or why there are none. */
function computed({ layout, gradient, batch }: Check): Float64Array | Cause {
  if (typeof gradient !== "function") return readGradient(layout, gradient);
  const called = calledOn(layout, gradient, batch);
  const reads: Float64Array[] = [];
  try {
    for (let call = 0; call < 3; call++) {
      const read = readGradient(layout, called(layout.values, copyOf(batch)));
      if (isCause(read)) return read;
      reads.push(read);
    }
    if (changes(layout, gradient, batch)) return mutates("Your gradient");
  } catch (error) {
    return gradientThrows(error);
  }
  const [first, second, third] = reads as [Float64Array, Float64Array, Float64Array];
  return unsteady(first, second, third) ?? first;
}

/** Calls at the same parameters must give the same gradient; a sum that is kept grows evenly. */
function unsteady(first: Float64Array, second: Float64Array, third: Float64Array) {
  const size = Math.max(largestSize(first), largestSize(second));
  const still = second.every((value, i) => Math.abs(value - first[i]!) <= 1e-9 * size);
  if (still) return undefined;
  const grows = third.every(
    (value, i) => Math.abs(value - 2 * second[i]! + first[i]!) <= 1e-9 * size,
  );
  return grows ? accumulatedGradient : randomGradient;
}

const accumulatedGradient: Cause = {
  kind: "accumulates",
  place: "your gradient",
  sentence:
    "With each call at the same parameters the gradient grows by the same amount: what an earlier call left behind is still in the sum.",
  hints: [
    "Call your gradient twice at the same parameters and compare.",
    "Something that lives outside the function keeps the earlier gradient.",
    "Start each call from zeros made inside the function (in PyTorch: zero_grad()).",
  ],
};

const randomGradient: Cause = {
  kind: "not deterministic",
  place: "your gradient",
  sentence:
    "Two calls at the same parameters give different gradients: something in it is random or is kept from an earlier call.",
  hints: [
    "Call your gradient twice at the same parameters and compare.",
    "Look for random numbers, and for variables that live outside the function.",
    "Everything the gradient needs must come from its arguments.",
  ],
};

function compared(check: Check, yours: Float64Array): GradCheckReport {
  const { layout, f, batch, tolerance } = check;
  return measuring(layout, f, batch, (value) => {
    let evaluations = 0;
    const counted = (values: ArrayLike<number>) => {
      evaluations++;
      return value(values);
    };
    if (check.directions) return alongDirections(check, counted, yours, () => evaluations);
    const rows = comparedRows(layout, counted, yours, tolerance);
    return reportFrom(layout.groups, rows, evaluations, () => explained(check, yours, rows));
  });
}

/** The fast mode: the slopes along a few directions through all parameters at once. */
function alongDirections(
  { layout, directions = 0, tolerance }: Check,
  f: (values: ArrayLike<number>) => number,
  yours: Float64Array,
  evaluations: () => number,
): GradCheckReport {
  const draw = random(7);
  const length = 1 / Math.sqrt(yours.length);
  const all = Array.from(
    { length: directions },
    () => draw.normal([yours.length]).mul(length).data,
  );
  const group = { name: "", shape: [directions], offset: 0, size: directions, single: false };
  const along = (lengths: ArrayLike<number>) => {
    const moved = Float64Array.from(layout.values);
    all.forEach((direction, k) => {
      for (let i = 0; i < moved.length; i++) moved[i]! += lengths[k]! * direction[i]!;
    });
    return f(moved);
  };
  const slopes = all.map((direction) => direction.reduce((sum, d, i) => sum + d * yours[i]!, 0));
  const start = { groups: [group], values: new Float64Array(directions) };
  const rows = comparedRows(start, along, Float64Array.from(slopes), tolerance);
  const named = rows.map((row) => ({ ...row, name: `direction ${row.index}` }));
  return reportFrom([group], named, evaluations());
}

function explained(check: Check, yours: Float64Array, rows: readonly GradCheckRow[]) {
  const numeric = rows.map((row) => (row.verdict === "differs" ? nearest(row) : row.yours));
  const named = namedMistake({ ...check, data: check.batch, yours }, check.mistakes ?? []);
  if (named) return named;
  const { layout, f, gradient, batch: data } = check;
  const failure = {
    layout,
    f,
    gradient,
    data,
    values: layout.values,
    yours,
    numeric,
    single: isSingle(yours),
    facts: check,
  };
  return causeOf(gatherEvidence(failure));
}

/** The slope that belongs here; at a corner the end of the interval that is nearer. */
const nearest = ({ yours, numeric, interval }: GradCheckRow) =>
  interval ? Math.min(interval[1], Math.max(interval[0], yours)) : numeric;
