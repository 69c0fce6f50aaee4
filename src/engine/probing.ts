import { tensorsOf, type Watched, watch } from "./compile.ts";
import { leavesOf } from "./parameters.ts";
import { Resident } from "./plan/Resident.ts";
import type { Tensor } from "./Tensor.ts";
import { isWatching } from "./trace.ts";

/** A function with one output, of all its parameters' numbers in one flat list. */
export type Probe = (numbers: ArrayLike<number>) => number;

/**
 * Measures a function with one output at many points, each of which differs from the one before in few
 * numbers: what does not depend on these is not computed again. Its values are those of the function itself,
 * to the last bit. Differences of a whole network's gradient thereby cost less than that many forward passes.
 *
 * `use` gets the function as one of a flat list of numbers, in the order of the parameters, and must not
 * keep it. The result is that of `use`, or undefined for a function that cannot be repeated (see `compile`).
 *
 * @example
 * probing((p) => p[0].mul(p[1]).sum(), [tensor([1, 2]), tensor(3)], (f) => [f([1, 2, 3]), f([1, 2, 4])])   // → [9, 12]
 */
export function probing<P, Result>(
  f: (parameters: P) => unknown,
  parameters: P,
  use: (probe: Probe) => Result,
): Result | undefined {
  const watched = isWatching() ? undefined : watchedOnce(f, parameters);
  const output = watched && oneTensor(watched);
  if (watched === undefined || output === undefined) return undefined;
  const { inputs, trace } = watched;
  const resident = new Resident(inputs, trace.calls, output.storage);
  try {
    return use(probe(resident, leavesOf(parameters), output));
  } finally {
    resident.release();
  }
}

function watchedOnce<P>(f: (parameters: P) => unknown, parameters: P): Watched | undefined {
  try {
    return watch(f as (parameters: unknown) => unknown, [parameters]);
  } catch {
    // A function may insist on plain numbers. Whatever else is wrong with it is thrown again here.
    f(parameters);
    return undefined;
  }
}

/** The one number that a watched function gave, if it depends on the parameters and can be computed again. */
function oneTensor({ obstacle, trace, inputs, raw }: Watched): Tensor | undefined {
  const [output, ...more] = tensorsOf(raw);
  if (obstacle !== undefined || output === undefined || more.length > 0) return undefined;
  if (output.size !== 1 || inputs.includes(output.storage)) return undefined;
  return trace.variable.has(output.storage) ? output : undefined;
}

function probe(resident: Resident, leaves: readonly Tensor[], output: Tensor): Probe {
  const last = leaves.map((each) => Float64Array.from(each.data));
  return (numbers) => {
    const changed: number[] = [];
    let at = 0;
    for (let input = 0; input < last.length; input++) {
      if (renewed(last[input]!, numbers, at)) changed.push(input);
      at += last[input]!.length;
    }
    resident.change(changed, (input) => last[input]!);
    return resident.first(output.storage);
  };
}

/** Takes numbers over from a place in a list; tells whether any was another. */
function renewed(own: Float64Array, numbers: ArrayLike<number>, at: number): boolean {
  let isOther = false;
  for (let i = 0; i < own.length; i++) {
    const number = numbers[at + i]!;
    if (number === own[i]!) continue;
    own[i] = number;
    isOther = true;
  }
  return isOther;
}
