import { dot, minus } from "../causes/vectors.ts";
import type { Objective } from "../inParameters/index.ts";

/** The last moves and what they changed of the gradient. */
interface Memory {
  readonly move: readonly number[];
  readonly change: readonly number[];
}

/**
 * Minimises a function as far as some steps lead, or until it is low enough, whatever the scale of its
 * parameters: L-BFGS with a step that is halved until it lowers the function.
 *
 * @see J. Nocedal, “Updating quasi-Newton matrices with limited storage”, 1980, doi:10.1090/S0025-5718-1980-0572855-7
 */
export function descended(
  objective: Objective,
  { steps, until }: { readonly steps: number; readonly until: number },
): readonly number[] {
  let at = objective.start;
  let value = objective.value(at);
  let slope = objective.gradient(at);
  let memory: readonly Memory[] = [];
  for (let step = 0; step < steps && value > until; step++) {
    const direction = downhill(slope, memory);
    const next = shortened(objective, at, value, direction);
    if (!next && !memory.length) break;
    if (!next) {
      // What was remembered misled; plain descent is left.
      memory = [];
      continue;
    }
    const nextSlope = objective.gradient(next.at);
    const latest = { move: minus(next.at, at), change: minus(nextSlope, slope) };
    if (dot(latest.move, latest.change) > 0) memory = [...memory.slice(-9), latest];
    [at, value, slope] = [next.at, next.value, nextSlope];
    if (Math.sqrt(dot(slope, slope)) < 1e-12) break;
  }
  return at;
}

/** The gradient as Newton's method would turn it, judged by the last moves. */
function downhill(slope: readonly number[], memory: readonly Memory[]): readonly number[] {
  let direction: readonly number[] = slope;
  const shares = memory.toReversed().map(({ move, change }) => {
    const share = dot(move, direction) / dot(move, change);
    direction = direction.map((value, i) => value - share * change[i]!);
    return share;
  });
  const last = memory.at(-1);
  const size = last
    ? dot(last.move, last.change) / dot(last.change, last.change)
    : 1 / Math.max(1, Math.sqrt(dot(slope, slope)));
  direction = direction.map((value) => size * value);
  memory.forEach(({ move, change }, i) => {
    const share = shares[memory.length - 1 - i]! - dot(change, direction) / dot(move, change);
    direction = direction.map((value, j) => value + share * move[j]!);
  });
  return direction.map((value) => -value);
}

function shortened(
  { value }: Objective,
  at: readonly number[],
  before: number,
  direction: readonly number[],
): { readonly at: readonly number[]; readonly value: number } | undefined {
  for (let size = 1; size > 1e-12; size /= 2) {
    const next = at.map((x, i) => x + size * direction[i]!);
    const after = value(next);
    if (after < before) return { at: next, value: after };
  }
  return undefined;
}
