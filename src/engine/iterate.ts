import { compile, replaced, tensorsOf, type Watched, watch } from "./compile.ts";
import { holding } from "./memory/arena.ts";
import { heap } from "./memory/memory.ts";
import { bytesOf, Storage } from "./memory/Storage.ts";
import { straightPlan } from "./plan/straightPlan.ts";
import { sameShape } from "./shape.ts";
import { Tensor } from "./Tensor.ts";
import { isWatching } from "./trace.ts";

/**
 * Applies a step to a state again and again: `step(step(start))` and so on, `count` times. The state is a
 * tensor, or an array or record of tensors; the numbers are those of the plain loop, to the last bit.
 * A step on a handful of numbers runs as one loop in registers, a thousand times as fast as step by step;
 * a longer one is compiled (see `compile`); one that cannot be compiled runs as it is.
 *
 * @throws RangeError when count is not a whole number from 0 on
 * @example
 * iterate((x: Tensor) => x.mul(2), tensor(1), 10)   // → 1024
 */
export function iterate<State>(step: (state: State) => State, start: State, count: number): State {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(
      `iterate needs a whole number of times, but got ${count}.\nHint: iterate(step, start, 100).`,
    );
  }
  if (count < 2 || isWatching()) return plainly(step, start, count);
  const watched = watch(step as (state: unknown) => unknown, [start]);
  if (watched.obstacle !== undefined) return plainly(step, start, count);
  return inRegisters(watched, start, count) ?? plainly(compile(step), start, count);
}

function plainly<State>(step: (state: State) => State, start: State, count: number): State {
  let state = start;
  for (let turn = 0; turn < count; turn++) state = step(state);
  return state;
}

/** Undefined if the step does too much for a loop in registers. */
function inRegisters<State>(watched: Watched, start: State, count: number): State | undefined {
  const before = tensorsOf(start);
  const after = tensorsOf(watched.raw);
  const isAlike = (tensor: Tensor, i: number) =>
    before[i]?.dtype === tensor.dtype && sameShape(before[i].shape, tensor.shape);
  const sameStructure = JSON.stringify(namesOf(start)) === JSON.stringify(namesOf(watched.raw));
  if (before.length === 0 || !sameStructure || !after.every(isAlike)) return undefined;
  const outputs = after.map((tensor) => tensor.storage);
  const plan = straightPlan(watched.inputs, watched.trace.calls, outputs);
  if (plan === undefined) return undefined;
  const results = holding(() => {
    // Copies, since the loop writes where it reads.
    const states = before.map(({ storage }) => copyOf(storage));
    const constants = plan.given.slice(states.length);
    plan.run(...[...states, ...constants].map((storage) => storage.address), count);
    return states.map((storage) => storage.keep());
  });
  let next = 0;
  // The structure of the state is that of the start, with other tensors in it.
  return replaced(start, (old) => new Tensor(results[next++]!, old.shape)) as State;
}

/** The structure of a state: names within names, and null for each tensor. */
function namesOf(part: unknown): unknown {
  if (part instanceof Tensor) return null;
  if (part === null || typeof part !== "object") return typeof part;
  return Object.entries(part).map(([name, inner]) => [name, namesOf(inner)]);
}

function copyOf(storage: Storage): Storage {
  const from = storage.address;
  const copy = Storage.empty(storage.size, storage.dtype);
  const bytes = bytesOf(storage.dtype);
  heap[storage.dtype].copyWithin(copy.address / bytes, from / bytes, from / bytes + storage.size);
  return copy;
}
