import { hold, letGo } from "./memory/arena.ts";
import { Tensor } from "./Tensor.ts";

/**
 * Sends the gradient of a result back to one of the inputs it was computed from. It is handed these inputs and
 * the result, so that the pullbacks of an operation are the same for all its calls and none has to be made.
 */
export type Pullback<Inputs extends readonly Tensor[] = readonly Tensor[]> = (
  gradient: Tensor,
  inputs: Inputs,
  result: Tensor,
) => Tensor;

/** One for each input. */
export type Pullbacks<Inputs extends readonly Tensor[]> = readonly Pullback<Inputs>[];

/** How a tensor was computed: from what, how a gradient flows back to each, and when. */
export interface Step {
  readonly inputs: readonly Tensor[];
  readonly pullbacks: readonly Pullback[];
  /** Its place on the tape; inputs always stand before results. */
  readonly place: number;
  /** The result that was noted before this one. */
  readonly before: Tensor | undefined;
}

/**
 * All that was noted since the outermost derivative began: the last result leads to the one before, and so on.
 * A new one for each derivative, since V8 takes longer to write what is new into what is old.
 */
interface Tape {
  last: Tensor | undefined;
  length: number;
}

let tape: Tape = { last: undefined, length: 0 };
let depth = 0;
let paused = false;

/** Notes how `result` was computed, if a derivative is being taken with respect to any of its inputs. */
export function record<Inputs extends readonly Tensor[]>(
  result: Tensor,
  inputs: Inputs,
  pullbacks: Pullbacks<Inputs>,
): Tensor {
  if (depth > 0 && !paused && isAnyTracked(inputs)) write(result, inputs, pullbacks);
  return result;
}

function isAnyTracked(tensors: readonly Tensor[]): boolean {
  for (let i = 0; i < tensors.length; i++) if (isTracked(tensors[i]!)) return true;
  return false;
}

/** Whether the derivative being taken depends on this tensor. */
export function isTracked(tensor: Tensor): boolean {
  return tensor.step !== undefined;
}

function write<Inputs extends readonly Tensor[]>(
  result: Tensor,
  inputs: Inputs,
  pullbacks: Pullbacks<Inputs>,
): void {
  // The pullbacks will be handed the very inputs that they are noted with here.
  const [place, before] = [tape.length++, tape.last];
  result.step = { inputs, pullbacks: pullbacks as readonly Pullback[], place, before };
  tape.last = result;
}

/**
 * Begins a derivative: from now on what is computed from its leaves is noted. Whoever begins one ends it in a
 * `finally`, with what this gave: a closure over the work, made anew at each step, would take a short step longer.
 */
export function begin(): boolean {
  const wasPaused = paused;
  paused = false;
  depth++;
  hold();
  return wasPaused;
}

/** Ends a derivative: what was noted is forgotten. */
export function end(wasPaused: boolean): void {
  letGo();
  depth--;
  paused = wasPaused;
  if (depth === 0) wipe();
}

/** Whoever keeps a result shall not keep all that it was computed from. */
function wipe(): void {
  for (let result = tape.last; result !== undefined; ) {
    const { before }: Step = result.step!;
    result.step = undefined;
    result = before;
  }
  tape = { last: undefined, length: 0 };
}

/** Whether this derivative is itself being differentiated. */
export function isNested(): boolean {
  return depth > 1;
}

/** Computes without being noted, as nobody will ask for a derivative of it. */
export function unrecorded<Result>(body: () => Result): Result {
  const wasPaused = pause();
  try {
    return body();
  } finally {
    resume(wasPaused);
  }
}

/** From now on nothing is noted, until whoever says this resumes, with what it gave. */
export function pause(): boolean {
  const wasPaused = paused;
  paused = true;
  return wasPaused;
}

export function resume(wasPaused: boolean): void {
  paused = wasPaused;
}

/** A copy of x to differentiate with respect to, still linked to x so that derivatives nest. */
export function leaf(x: Tensor): Tensor {
  const copy = new Tensor(x.storage, x.shape);
  write(copy, isTracked(x) ? [x] : none, asItIs);
  return copy;
}

const none: readonly Tensor[] = [];
/** For a single input whose gradient is that of the result. */
export const asItIs: Pullbacks<readonly Tensor[]> = [(gradient) => gradient];
