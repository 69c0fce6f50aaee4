import { knownOptions } from "../options.ts";
import { shownAs } from "../shown.ts";
/** A function to come down on, of all parameters as one list of numbers. */
export interface Problem {
  valueAndGradient(parameters: Float64Array): {
    readonly value: number;
    readonly gradient: ArrayLike<number>;
  };
}

/** Where a minimizer stands: plain numbers and arrays, so `JSON.stringify` saves it exactly. */
export interface MinimizerState {
  /** Steps made so far. */
  readonly t: number;
  readonly parameters: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
  /** How often the function has been asked. */
  readonly evaluations: number;
  /** `"arrived"`: the slope is as good as flat. `"stuck"`: no step found that comes down. */
  readonly outcome: "going" | "arrived" | "stuck";
}

/**
 * A minimizer asks the function itself where to go: it tries steps, or uses its curvature.
 * An optimizer gets one gradient a step and serves noisy ones; a minimizer needs exact values, and
 * then arrives in few steps. Both functions are pure.
 */
export interface Minimizer<Asked, State extends MinimizerState = MinimizerState> {
  readonly name: string;
  /** The numbers it was made with, by the names of its options. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The step in TeX, line by line. */
  readonly rule: readonly string[];
  readonly source: string;
  /** @throws RangeError when the function has no finite value or slope there */
  start(problem: Asked, parameters: ArrayLike<number>): State;
  step(problem: Asked, state: State): State;
}

/** How far a run went: its last state, and every state from the first. */
export interface Descent<State extends MinimizerState> {
  readonly last: State;
  readonly states: readonly State[];
}

/**
 * Makes steps until the minimizer arrives or is stuck, at most so many (100 unless said otherwise).
 * For a model and its loss, `problemOf` makes the problem.
 *
 * @throws RangeError when steps is not a whole number from 0 on
 *
 * @example
 * const bowl = { valueAndGradient: ([x]) => ({ value: (x - 3) ** 2, gradient: [2 * (x - 3)] }) };
 * minimize(lbfgs(), bowl, [0]).last.parameters   // → [3]
 */
export function minimize<Asked, State extends MinimizerState>(
  minimizer: Minimizer<Asked, State>,
  problem: Asked,
  parameters: ArrayLike<number>,
  options: { readonly steps?: number } = {},
): Descent<State> {
  const { steps = 100 } = options;
  knownOptions("minimize", options, ["steps"]);
  if (!(Number.isInteger(steps) && steps >= 0))
    throw new RangeError(
      `steps must be a whole number from 0 on, but it is ${steps}.\nHint: 100 is the default; a minimizer stops by itself when it has arrived.`,
    );
  const states = [minimizer.start(problem, parameters)];
  while (states.length <= steps && states.at(-1)!.outcome === "going")
    states.push(minimizer.step(problem, states.at(-1)!));
  return shownDescent(minimizer.name, { last: states.at(-1)!, states });
}

/** The same; a notebook shows how it ended in a sentence, and not all states. */
function shownDescent<State extends MinimizerState>(
  name: string,
  descent: Descent<State>,
): Descent<State> {
  const { outcome, t, evaluations, value } = descent.last;
  const ended = outcome === "going" ? "is not there yet" : `has ${outcomes[outcome]}`;
  const steps = t === 1 ? "1 step" : `${t} steps`;
  const text = `${name} ${ended} after ${steps} and ${evaluations} evaluations; the value is ${Number(value.toPrecision(5))}.`;
  return shownAs(descent, () => ({ "text/plain": text }));
}

const outcomes = { arrived: "arrived", stuck: "got stuck" } as const;

/** Asks the function, and refuses an answer that no step could be made from. */
export function asked(problem: Problem, parameters: ArrayLike<number>) {
  const point = Float64Array.from(parameters);
  const { value, gradient } = problem.valueAndGradient(point);
  const slopes = Array.from(gradient);
  if (slopes.length !== point.length)
    throw new RangeError(
      `The gradient has ${slopes.length} entries for ${point.length} parameters.\nHint: one slope for each parameter, in the same order.`,
    );
  return { parameters: Array.from(point), value, gradient: slopes };
}

/** The state before the first step. */
export function begin(
  problem: Problem,
  parameters: ArrayLike<number>,
  flat: number,
): MinimizerState {
  const here = asked(problem, parameters);
  if (!Number.isFinite(here.value) || !here.gradient.every(Number.isFinite))
    throw new RangeError(
      `A minimizer begins where value and slope are finite, but at [${here.parameters.join(", ")}] the value is ${here.value} and the slope [${here.gradient.join(", ")}].\nHint: begin elsewhere.`,
    );
  return {
    ...here,
    t: 0,
    evaluations: 1,
    outcome: isFlat(here.gradient, flat) ? "arrived" : "going",
  };
}

/** Whether no slope is larger than the bound. */
export const isFlat = (gradient: readonly number[], bound: number): boolean =>
  gradient.every((slope) => Math.abs(slope) <= bound);

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** a + scale·b. */
export const along = (a: readonly number[], scale: number, b: readonly number[]): number[] =>
  a.map((x, i) => x + scale * b[i]!);
