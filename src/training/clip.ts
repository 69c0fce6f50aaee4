import { positive } from "../options.ts";
import { lengthOf, type Span } from "./vectors.ts";

const atMost = "1 is usual; look at history.gradientNorm for lengths that occur";

/** Gives a shorter gradient of the same length of list; what is short enough stays as it is. */
export type Clip = (gradient: ArrayLike<number>, parts?: readonly Span[]) => Float64Array;

/**
 * Clips every slope to −limit … limit.
 * It also turns the gradient: (3, 100) clipped to 1 becomes (1, 1), 43° away from where it pointed.
 *
 * @throws RangeError when the limit is not positive
 *
 * @example
 * clipByValue(1)([3, 100])   // → [1, 1]
 */
export function clipByValue(limit: number): Clip {
  positive("limit", limit, atMost);
  return (gradient) =>
    Float64Array.from(gradient, (slope) => Math.min(limit, Math.max(-limit, slope)));
}

/**
 * Shortens the gradient of each named part (each weight matrix, each bias) to at most this length.
 * Within a part the direction stays; between parts it does not.
 *
 * @throws RangeError when the limit is not positive
 *
 * @example
 * clipByNorm(1)([3, 4])                                                  // → [0.6, 0.8]
 * clipByNorm(1)([3, 4, 0.5], [{ start: 0, end: 2 }, { start: 2, end: 3 }])   // → [0.6, 0.8, 0.5]
 */
export function clipByNorm(limit: number): Clip {
  positive("limit", limit, atMost);
  return (gradient, parts = [{ start: 0, end: gradient.length }]) => {
    const clipped = Float64Array.from(gradient);
    for (const { start, end } of parts) shorten(clipped.subarray(start, end), limit);
    return clipped;
  };
}

/**
 * Shortens the whole gradient to at most this length and keeps its direction: what is usually meant
 * by clipping. PyTorch's `clip_grad_norm_` adds 1e-6 to the length before it divides; Optax and
 * TensorFlow do not, and neither does this.
 *
 * @throws RangeError when the limit is not positive
 *
 * @example
 * clipByGlobalNorm(1)([3, 4])   // → [0.6, 0.8]
 * @see R. Pascanu, T. Mikolov, Y. Bengio, “On the difficulty of training recurrent neural networks”, 2013, arXiv:1211.5063
 */
export function clipByGlobalNorm(limit: number): Clip {
  positive("limit", limit, atMost);
  return (gradient) => shorten(Float64Array.from(gradient), limit);
}

function shorten(gradient: Float64Array, limit: number): Float64Array {
  const norm = lengthOf(gradient);
  if (norm <= limit) return gradient;
  for (let i = 0; i < gradient.length; i++) gradient[i]! *= limit / norm;
  return gradient;
}
