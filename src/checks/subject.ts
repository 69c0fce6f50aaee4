import type { Cause } from "./Cause.ts";
import { copyOf, describe, flattened, sameNumbers, shapeIfNumeric } from "./numbers.ts";
import type { ParameterLayout } from "./parameterLayout.ts";

/** A function of parameters and data, as a function of one flat list of numbers and the data. */
export type Called = (values: ArrayLike<number>, batch: unknown) => unknown;

/** Any function of parameters and a batch; its own types are the structure the caller handed in. */
export type AnyFunction = (parameters: never, batch: never) => unknown;

/** How a function is called: with parameters as they were given, or with tensors if it needs them. */
export function calledOn(layout: ParameterLayout, f: AnyFunction, batch: unknown): Called {
  const form = formFor(layout, f, batch);
  return (values, data) => f(form(values) as never, data as never);
}

/** The form in which a function takes its parameters. */
export function formFor(
  layout: ParameterLayout,
  f: AnyFunction,
  batch: unknown,
): ParameterLayout["rebuild"] {
  const withPlain: Called = (values, data) => f(layout.rebuild(values) as never, data as never);
  const withTensors: Called = (values, data) => f(layout.tensors(values) as never, data as never);
  const needsTensors = throws(withPlain, layout, batch) && !throws(withTensors, layout, batch);
  return needsTensors ? layout.tensors : layout.rebuild;
}

function throws(called: Called, { values }: ParameterLayout, batch: unknown): boolean {
  try {
    called(values, copyOf(batch));
    return false;
  } catch {
    // Only a question here: whoever calls it in earnest meets the error and reports it.
    return true;
  }
}

/** The number in a scalar result (a number or a tensor of one element); otherwise NaN. */
export function numberFrom(result: unknown): number {
  const shape = shapeIfNumeric(result);
  if (!shape || shape.some((length) => length !== 1)) return Number.NaN;
  return flattened(result)[0]!;
}

/** What makes it impossible to check a gradient of f, if anything. */
export function obstacleIn(
  layout: ParameterLayout,
  f: AnyFunction,
  batch: unknown,
): Cause | undefined {
  const called = calledOn(layout, f, batch);
  let results: unknown[];
  try {
    results = [0, 1, 2].map(() => called(layout.values, batch));
  } catch (error) {
    return functionThrows(error);
  }
  const [first] = results;
  const shape = shapeIfNumeric(first);
  if (!shape || shape.some((length) => length !== 1)) return notScalar(first);
  const values = results.map(numberFrom);
  const odd = values.find((value) => !Number.isFinite(value));
  if (odd !== undefined) return notFinite(odd);
  if (changes(layout, f, batch)) return mutates("The function");
  return scattered(values) ? notDeterministic(values) : undefined;
}

/** Whether a function changes the parameters or the data that it is handed. */
export function changes(layout: ParameterLayout, f: AnyFunction, batch: unknown): boolean {
  const [parameters, data] = [layout.rebuild(layout.values), copyOf(batch)];
  try {
    f(parameters as never, data as never);
  } catch {
    // A function that wants tensors cannot change plain numbers, and tensors never change.
    return false;
  }
  return !sameNumbers(parameters, layout.rebuild(layout.values)) || !sameNumbers(data, batch);
}

/** A parallel sum may differ in the last digits; anything more is chance. */
const scattered = ([first = 0, ...others]: readonly number[]) =>
  others.some((value) => Math.abs(value - first) > 1e-9 * Math.abs(first));

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function functionThrows(error: unknown): Cause {
  return {
    kind: "not a gradient",
    place: "the function",
    sentence: `The function itself throws at these parameters, so there is nothing to compare with: ${messageOf(error)}`,
    hints: [
      "Call the function by itself, before its gradient.",
      "The message is the function's own; its stack trace names the line.",
      "Repair the function first.",
    ],
  };
}

export function gradientThrows(error: unknown): Cause {
  return {
    kind: "throws",
    place: "your gradient",
    sentence: `Your gradient throws: ${messageOf(error)}`,
    hints: [
      "Call your gradient function by itself with the same parameters.",
      "A throw is often a name that does not exist or a shape that does not fit.",
      "The stack trace names the line of your cell.",
    ],
  };
}

function notScalar(result: unknown): Cause {
  return {
    kind: "not a gradient",
    place: "the function",
    sentence: `Only a function with one number as its result has a gradient, but this one returns ${describe(result)}. Reduce it first, for example to its mean.`,
    hints: [
      "Print what the function returns.",
      "A gradient says how one number changes with each parameter.",
      "Return a sum or a mean over the samples, or check the Jacobian instead.",
    ],
  };
}

function notFinite(value: number): Cause {
  return {
    kind: "not finite",
    place: "the function",
    sentence: `The function is ${value} at these parameters, so it has no slope there. Check at a point where it is finite, or repair it: log(0), 0/0 and overflow are the usual reasons.`,
    hints: [
      "Print the function's intermediate values.",
      "NaN comes from 0/0, ∞ − ∞ or an index that does not exist.",
      "Use the form that is exact at the awkward point: log1p, softplus, log-sum-exp.",
    ],
  };
}

export function mutates(who: "The function" | "Your gradient"): Cause {
  return {
    kind: "mutates",
    place: who.toLowerCase(),
    sentence: `${who} changes what it is given: the parameters or the data are not the same after the call. A gradient check, and every optimizer, needs them unchanged.`,
    hints: [
      "Compare the parameters and the data before and after the call.",
      "Assignments such as w[i] -= …, push, sort or reverse change the caller's array.",
      "Work on a copy, for example with map or toSorted.",
    ],
  };
}

function notDeterministic(values: readonly number[]): Cause {
  const [a, b] = [...new Set(values)].map((value) => value.toPrecision(6));
  return {
    kind: "not deterministic",
    place: "the function",
    sentence: `The function gives different values at the same parameters (${a}, then ${b}), so its slope cannot be measured. Something in it is random: dropout that was left on, a fresh random batch, or noise without a seed.`,
    hints: [
      "Call the function twice with the same parameters.",
      "Look for dropout, shuffling, or random numbers.",
      "Switch dropout off, or draw the random numbers once and pass them in.",
    ],
  };
}
