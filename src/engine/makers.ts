import { Storage } from "./memory/Storage.ts";
import type { Shape } from "./shape.ts";
import { type DType, Tensor } from "./Tensor.ts";
import { filled } from "./values.ts";

/** Zeros everywhere. */
export const zeros = (shape: Shape, dtype?: DType): Tensor => filled(0, shape, dtype);

/** Ones everywhere. */
export const ones = (shape: Shape, dtype?: DType): Tensor => filled(1, shape, dtype);

/**
 * One number everywhere.
 *
 * @example
 * full([2], 7)   // → [7, 7]
 */
export const full = (shape: Shape, value: number, dtype?: DType): Tensor =>
  filled(value, shape, dtype);

/**
 * The identity matrix.
 *
 * @example
 * eye(2)   // → [[1, 0], [0, 1]]
 */
export function eye(length: number): Tensor {
  const data = new Float64Array(length * length);
  for (let i = 0; i < length; i++) data[i * (length + 1)] = 1;
  return new Tensor(Storage.of(data), [length, length]);
}

/**
 * Whole steps from `start` up to but without `end`; with one argument, from 0.
 *
 * @throws RangeError when the step is 0 or not a number
 * @example
 * arange(4)           // → [0, 1, 2, 3]
 * arange(1, 2, 0.25)  // → [1, 1.25, 1.5, 1.75]
 */
export function arange(start: number, end?: number, step = 1): Tensor {
  const [from, to] = end === undefined ? [0, start] : [start, end];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isFinite(count) || step === 0) {
    throw new RangeError(
      `arange needs finite ends and a step other than 0, but got ${from} to ${to} by ${step}.\n` +
        `Hint: for example arange(0, 1, 0.1).`,
    );
  }
  const steps = Float64Array.from({ length: count }, (_, i) => from + i * step);
  return new Tensor(Storage.of(steps), [count]);
}

/**
 * Evenly spaced numbers, both ends included.
 *
 * @example
 * linspace(0, 1, 5)   // → [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(from: number, to: number, count: number): Tensor {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `linspace needs a whole count of at least 1, but got ${count}.\nHint: linspace(0, 1, 5).`,
    );
  }
  const data = new Float64Array(count);
  // From both ends, so that the last one is `to` to the last digit.
  for (let i = 0; i < count; i++) {
    const t = count === 1 ? 0 : i / (count - 1);
    data[i] = t <= 0.5 ? from + (to - from) * t : to - (to - from) * (1 - t);
  }
  return new Tensor(Storage.of(data), [count]);
}
