import type { ParameterGroup, ParameterLayout } from "./parameterLayout.ts";
import { type Neighbourhood, noiseAlong } from "./slope.ts";

/** A function of one flat list of numbers. */
export type FlatFunction = (values: ArrayLike<number>) => number;

/** The function along each coordinate through a point, with its noise and the length of a step. */
export function coordinatesAt(
  groups: readonly ParameterGroup[],
  point: ArrayLike<number>,
  f: FlatFunction,
): (index: number) => Neighbourhood {
  const values = Float64Array.from(point);
  const centre = f(values);
  const scales = scalesAt(groups, values);
  const noise = noiseOf(values, scales, f);
  const along = (index: number) => (x: number) => {
    const kept = values[index]!;
    values[index] = x;
    const value = f(values);
    values[index] = kept;
    return value;
  };
  return (index) => ({ f: along(index), x: values[index]!, centre, scale: scales[index]!, noise });
}

/**
 * The length over which each parameter varies: its own size or its group's root mean square, at
 * least 1, and a power of two, so that x ± h is exact in float32 as well.
 */
function scalesAt(groups: readonly ParameterGroup[], values: Float64Array): Float64Array {
  const scales = new Float64Array(values.length);
  for (const { offset, size } of groups) {
    const own = values.subarray(offset, offset + size);
    const square = own.reduce((sum, value) => sum + value * value, 0) / Math.max(1, size);
    const typical = Math.max(1, Math.sqrt(square));
    own.forEach((value, i) => {
      scales[offset + i] = 2 ** Math.round(Math.log2(Math.max(typical, Math.abs(value))));
    });
  }
  return scales;
}

/** The scatter of f along a fixed direction through all parameters. */
function noiseOf(values: Float64Array, scales: Float64Array, f: FlatFunction): number {
  const direction = scales.map((scale, i) => scale * push(i, golden));
  return noiseAlong((t) => f(values.map((x, i) => x + t * direction[i]!)), 1e-5);
}

/** Other parameters in the neighbourhood, to see whether a pattern holds there as well. */
export const nearby = ({ values }: ParameterLayout): readonly Float64Array[] =>
  [golden, plastic].map((step) => values.map((x, i) => x + (0.3 * x + 0.1) * push(i, step)));

/** Other parameters where a function may be on another of its pieces: near zero, and beyond it. */
export const fartherAway = ({ values }: ParameterLayout): readonly Float64Array[] => [
  values.map((x, i) => 0.1 * x + 0.05 * push(i, golden)),
  values.map((x, i) => -0.7 * x + 0.1 * push(i, plastic)),
  values.map((x, i) => x + 3 * Math.max(1, Math.abs(x)) * push(i, golden)),
  values.map((x, i) => x - 3 * Math.max(1, Math.abs(x)) * push(i, plastic)),
];

/** Multiples of these fill the interval evenly, in a fixed order. */
const golden = 0.6180339887498949;
const plastic = 0.7548776662466927;

/** The i-th of numbers that are spread evenly from −0.5 to 0.5. */
const push = (i: number, step: number) => (((i + 1) * step) % 1) - 0.5;
