import { holding } from "./memory/arena.ts";
import { Tensor } from "./Tensor.ts";

/** Sends the gradient of a result back to one of the inputs it was computed from. */
export type Pullback = (gradient: Tensor) => Tensor;

/** How a tensor was computed: from what, how a gradient flows back to each, and when. */
export interface Step {
  readonly inputs: readonly Tensor[];
  readonly pullbacks: readonly Pullback[];
  /** Its place on the tape; inputs always stand before results. */
  readonly place: number;
  /** The run it belongs to; a step of a finished run means nothing any more. */
  readonly run: number;
}

let tape: Tensor[] = [];
let depth = 0;
let paused = false;
let run = 0;

/** Notes how `result` was computed, if a derivative is being taken with respect to any of its inputs. */
export function record(
  result: Tensor,
  inputs: readonly Tensor[],
  pullbacks: readonly Pullback[],
): Tensor {
  if (depth > 0 && !paused && inputs.some(isTracked)) write(result, inputs, pullbacks);
  return result;
}

/** Whether the derivative being taken depends on this tensor. */
export function isTracked(tensor: Tensor): boolean {
  return tensor.step !== undefined && tensor.step.run === run && depth > 0;
}

function write(result: Tensor, inputs: readonly Tensor[], pullbacks: readonly Pullback[]): void {
  result.step = { inputs, pullbacks, place: tape.length, run };
  tape.push(result);
}

/** Runs `body` as a derivative: what it computes from its leaves is noted, and forgotten at its end. */
export function differentiating<Result>(body: () => Result): Result {
  const wasPaused = paused;
  paused = false;
  depth++;
  try {
    return holding(body);
  } finally {
    depth--;
    paused = wasPaused;
    if (depth === 0) {
      tape = [];
      run++;
    }
  }
}

/** A copy of x to differentiate with respect to, still linked to x so that derivatives nest. */
export function leaf(x: Tensor): Tensor {
  const copy = new Tensor(x.storage, x.shape);
  write(copy, isTracked(x) ? [x] : [], [(gradient) => gradient]);
  return copy;
}

/**
 * The chain rule: visits every step once, newest first, adding up what flows back to each tensor.
 * When another derivative is being taken outside of this one, these steps are noted as well.
 *
 * @param combine adds two gradients that meet; fit sums a gradient down to the shape of its input
 */
export function pullBack(
  output: Tensor,
  seed: Tensor,
  leaves: readonly Tensor[],
  combine: (left: Tensor, right: Tensor) => Tensor,
  fit: (gradient: Tensor, like: Tensor) => Tensor,
): (Tensor | undefined)[] {
  const wasPaused = paused;
  paused = paused || depth === 1;
  try {
    const gradients = flow(output, seed, leaves, combine, fit);
    return leaves.map((each) => gradients.get(each));
  } finally {
    paused = wasPaused;
  }
}

function flow(
  output: Tensor,
  seed: Tensor,
  leaves: readonly Tensor[],
  combine: (left: Tensor, right: Tensor) => Tensor,
  fit: (gradient: Tensor, like: Tensor) => Tensor,
): Map<Tensor, Tensor> {
  const gradients = new Map([[output, seed]]);
  if (!isTracked(output)) return gradients;
  const first = leaves[0]!.step!.place;
  for (let place = output.step!.place; place >= first; place--) {
    const result = tape[place]!;
    const gradient = gradients.get(result);
    if (gradient === undefined || leaves.includes(result)) continue;
    const { inputs, pullbacks } = result.step!;
    inputs.forEach((input, i) => {
      if (!isTracked(input) || input.step!.place < first) return;
      const part = fit(pullbacks[i]!(gradient), input);
      const before = gradients.get(input);
      gradients.set(input, before === undefined ? part : combine(before, part));
    });
  }
  return gradients;
}
