import { add } from "./arithmetic.ts";
import { cast } from "./cast.ts";
import { reshape, spreadTo } from "./layout.ts";
import { sum } from "./reduce.ts";
import { sameShape } from "./shape.ts";
import type { Tensor } from "./Tensor.ts";
import { isNested, isTracked, pause, resume } from "./tape.ts";
import { filled } from "./values.ts";

/**
 * The chain rule: visits every step from the output back to the leaves once, newest first, adding up what
 * flows back to each tensor. The leaves must have been made one after the other.
 *
 * @param again whether the way back is to be differentiated in its turn
 */
export function pullBack(
  output: Tensor,
  seed: Tensor,
  leaves: readonly Tensor[],
  again = isNested(),
): Tensor[] {
  if (again) return flowBack(output, seed, leaves);
  const wasPaused = pause();
  try {
    return flowBack(output, seed, leaves);
  } finally {
    resume(wasPaused);
  }
}

function flowBack(output: Tensor, seed: Tensor, leaves: readonly Tensor[]): Tensor[] {
  const first = leaves[0]?.step?.place ?? 0;
  const last = output.step?.place ?? -1;
  const gradients = new Array<Tensor | undefined>(Math.max(leaves.length, last - first + 1));
  if (last >= first) {
    gradients[last - first] = seed;
    for (let place = last, result = output; place >= first + leaves.length; place--) {
      const gradient = gradients[place - first];
      if (gradient !== undefined) passOn(result, gradient, gradients, first);
      result = result.step!.before!;
    }
  }
  return leaves.map((leaf, i) => gradients[i] ?? filled(0, leaf.shape, leaf.dtype));
}

function passOn(
  result: Tensor,
  gradient: Tensor,
  gradients: (Tensor | undefined)[],
  first: number,
): void {
  const { inputs, pullbacks } = result.step!;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!;
    if (!isTracked(input) || input.step!.place < first) continue;
    const at = input.step!.place - first;
    const part = fitted(pullbacks[i]!(gradient, inputs, result), input);
    const before = gradients[at];
    gradients[at] = before === undefined ? part : add(before, part);
  }
}

/** Sums a gradient over the axes along which its input was repeated. */
function fitted(gradient: Tensor, input: Tensor): Tensor {
  if (gradient.dtype !== input.dtype) return fitted(cast(gradient, input.dtype), input);
  if (sameShape(gradient.shape, input.shape)) return gradient;
  if (input.shape.length === 0) return sum(gradient);
  const missing = Math.max(0, gradient.shape.length - input.shape.length);
  let fit = gradient;
  for (let axis = 0; axis < gradient.shape.length; axis++) {
    const wanted = input.shape[axis - gradient.shape.length + input.shape.length] ?? 1;
    if (wanted === 1 && fit.shape[axis] !== 1) fit = sum(fit, { axis, keepDims: true });
  }
  const short = missing === 0 ? fit : reshape(fit, fit.shape.slice(missing));
  return sameShape(short.shape, input.shape) ? short : spreadTo(short, input.shape);
}
