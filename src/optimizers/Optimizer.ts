import { knownOptions } from "../options.ts";
import { finiteGradient, rateAt } from "./checks.ts";
import { shown } from "./shown.ts";

/** α: one rate for all steps, or a function from the number of steps made to the next rate. */
export type LearningRate = number | ((step: number) => number);

/** What an optimizer remembers: plain numbers and arrays, so `JSON.stringify` saves it exactly. */
export interface OptimizerState {
  /** Steps made so far. */
  readonly t: number;
}

/** Numbers in a list, or what holds one as `data`, such as a tensor. */
export type NumberList = ArrayLike<number> | { readonly data: ArrayLike<number> };

/** A parameter in the list: where its numbers begin, and how long it is along each axis. */
export interface Part {
  readonly start: number;
  readonly shape: readonly number[];
}

/** The same state while a step rewrites it. */
export type Rewritable<State> = {
  -readonly [Key in keyof State]: State[Key] extends readonly number[] ? number[] : State[Key];
};

/**
 * An optimizer is two pure functions: where a run begins, and what one step does.
 * Nothing is hidden and nothing is changed, so a run can be replayed, drawn step by step, saved as
 * JSON, or continued from any point.
 */
export interface Optimizer<State extends OptimizerState = OptimizerState> {
  readonly name: string;
  /** The numbers it was made with, by the names of its options. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The update rule in TeX, one line for each line of the step. */
  readonly rule: readonly string[];
  readonly source: string;
  /**
   * The state before the first step, for so many numbers. Which of them are one parameter matters to few:
   * Muon looks at whole matrices, LAMB and Adafactor at the size of each parameter.
   */
  start(length: number, parts?: readonly Part[]): State;
  /**
   * Where to take the gradient for the next step. Present only where that is not the parameters
   * themselves: Nesterov's rule looks ahead.
   */
  lookAt?(parameters: ArrayLike<number>, state: State): Float64Array;
  /**
   * The move to add to the parameters, and the state for the next step. The parameters themselves
   * are asked for only by rules that depend on them (weight decay, LAMB). Either may be a tensor, which counts as
   * the list of its numbers.
   *
   * @throws RangeError when the gradient has another length than the state, or holds NaN
   */
  step(
    gradient: NumberList,
    state: State,
    parameters?: NumberList,
  ): { readonly move: Float64Array; readonly state: State };
  /**
   * The same step for long runs: writes into `move` and `state` instead of making new ones, and
   * trusts its arguments.
   */
  stepInPlace(
    gradient: Float64Array,
    state: State,
    move: Float64Array,
    parameters?: ArrayLike<number>,
  ): void;
}

/** What one writes down to make an optimizer. */
export interface OptimizerFacts<State extends OptimizerState>
  extends Pick<Optimizer<State>, "name" | "rule" | "source" | "start"> {
  readonly settings: Readonly<Record<string, unknown>> & { readonly learningRate: LearningRate };
  /** What its maker was called with: an option that is no setting is refused. */
  readonly options?: object;
  readonly lookAt?: Optimizer<State>["lookAt"] | undefined;
  /** True where the rule depends on the parameters, for example shrinks them, and so must see them. */
  readonly seesParameters?: boolean;
  /** Writes the move for this rate, and rewrites the state (but for `t`, which counts by itself). */
  readonly advance: (
    now: {
      readonly gradient: Float64Array;
      readonly rate: number;
      /** Empty unless the rule sees the parameters. */
      readonly parameters: ArrayLike<number>;
    },
    state: Rewritable<State>,
    move: Float64Array,
  ) => void;
}

/**
 * Makes an optimizer from its facts. The library's own are all made this way; so are yours.
 * One rule, written once, serves the pure `step` and the fast `stepInPlace`.
 *
 * @example
 * const halving = defineOptimizer({ name: "Halving", settings: { learningRate: 0.5 }, rule: [], source: "", start: () => ({ t: 0 }), advance: ({ gradient, rate }, _, move) => move.set(gradient.map((g) => -rate * g)) })
 * halving.step([4, 2], halving.start(2)).move   // → [-2, -1]
 */
export function defineOptimizer<State extends OptimizerState>(
  facts: OptimizerFacts<State>,
): Optimizer<State> {
  const { name, settings, rule, source, start, lookAt, advance, seesParameters = false } = facts;
  knownOptions(name, facts.options ?? {}, Object.keys(settings));
  rateAt(settings.learningRate, 0);
  const stepInPlace: Optimizer<State>["stepInPlace"] = (gradient, state, move, parameters = []) => {
    const rate = rateAt(settings.learningRate, state.t);
    if (seesParameters) sameLength(name, gradient, parameters);
    const rewritable = state as Rewritable<State>; // it was given to be rewritten
    advance({ gradient, rate, parameters }, rewritable, move);
    (state as { t: number }).t += 1;
  };
  const step: Optimizer<State>["step"] = (slopes, state, parameters) => {
    const gradient = Float64Array.from(listOf(slopes));
    finiteGradient(gradient, state);
    const next = copyOf(state);
    const move = new Float64Array(gradient.length);
    stepInPlace(gradient, next, move, parameters && listOf(parameters));
    return { move, state: next };
  };
  const optimizer = { name, settings, rule, source, start, step, stepInPlace };
  return shown(lookAt === undefined ? optimizer : { ...optimizer, lookAt });
}

const listOf = (numbers: NumberList): ArrayLike<number> =>
  "data" in numbers ? numbers.data : numbers;

/** So many zeros. */
export const zeros = (length: number): number[] => new Array<number>(length).fill(0);

function copyOf<State extends OptimizerState>(state: State): State {
  const entries = Object.entries(state).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.slice() : structuredClone(value),
  ]);
  return Object.fromEntries(entries) as State; // the same keys with the same kinds of value
}

function sameLength(name: string, gradient: Float64Array, parameters: ArrayLike<number>): void {
  if (parameters.length === gradient.length) return;
  throw new TypeError(
    `${name} depends on the parameters and must see them, but for a gradient of ${gradient.length} it got ${parameters.length} of them.\nHint: step(gradient, state, parameters).`,
  );
}
