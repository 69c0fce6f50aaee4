import { type GradCheckRow, relativeError } from "./GradCheckReport.ts";
import { entryName, type ParameterGroup, type ParameterLayout } from "./parameterLayout.ts";
import { type Neighbourhood, noiseAlong, type Slope, slopeAt } from "./slope.ts";

/** A function of one flat list of numbers. */
export type FlatFunction = (values: ArrayLike<number>) => number;

/** Compares every entry of a gradient with the slope measured by differences. */
export function comparedRows(
  layout: ParameterLayout,
  f: FlatFunction,
  yours: Float64Array,
  tolerance?: number,
): readonly GradCheckRow[] {
  const { values, groups } = layout;
  const precision = precisionOf(yours);
  const close = tolerance ?? precision.close;
  const read = meterFor(layout, f, precision.rounding);
  const largest = Math.max(0, ...yours.map(Math.abs));
  return groups.flatMap((group) => {
    const typical = scaleOf(values, group);
    return Array.from({ length: group.size }, (_, index) => {
      const at = group.offset + index;
      // A power of two, so that x ± h is exact in float32 as well.
      const scale = 2 ** Math.round(Math.log2(Math.max(Math.abs(values[at]!), typical)));
      const reading = read(at, yours[at]!, scale);
      const size = Math.max(largest, Math.abs(reading.slope.curvature) * scale);
      return rowOf(group, index, values[at]!, { ...reading, yours: yours[at]!, close, size });
    });
  });
}

/** A gradient computed in float32 carries the rounding of its 24 bits through every sum. */
function precisionOf(yours: Float64Array) {
  const single = yours.every((value) => Math.fround(value) === value);
  return single ? { rounding: 2 ** -24, close: 1e-4 } : { rounding: 2 ** -53, close: 1e-5 };
}

/** The length over which the entries of a group vary: their root mean square, at least 1. */
function scaleOf(values: Float64Array, { offset, size }: ParameterGroup): number {
  const own = values.subarray(offset, offset + size);
  const square = own.reduce((sum, value) => sum + value * value, 0);
  return Math.max(1, Math.sqrt(square / Math.max(1, size)));
}

interface Reading {
  readonly slope: Slope;
  /** How far a right gradient may be off by the rounding of its own arithmetic. */
  readonly allowance: number;
}

/** Reads one slope after the other, each along its own coordinate. */
function meterFor(layout: ParameterLayout, f: FlatFunction, rounding: number) {
  const values = Float64Array.from(layout.values);
  const centre = f(values);
  const noise = noiseOf(layout, f);
  const along = (index: number) => (x: number) => {
    const kept = values[index]!;
    values[index] = x;
    const value = f(values);
    values[index] = kept;
    return value;
  };
  return (index: number, yours: number, scale: number): Reading => {
    const near = { f: along(index), x: values[index]!, centre, scale, noise };
    const slope = quickSlope(near, yours) ?? slopeAt(near);
    const bend = Number.isFinite(slope.curvature) ? Math.abs(slope.curvature) * scale : 0;
    return { slope, allowance: 64 * rounding * (Math.abs(centre) / scale + bend) };
  };
}

/**
 * One central difference. Two independent computations that agree to seven digits are both right,
 * so only what disagrees or bends is measured with care.
 */
function quickSlope(near: Neighbourhood, yours: number): Slope | undefined {
  const { f, x, centre, scale, noise } = near;
  const relativeNoise = noise / (Math.abs(centre) || 1);
  const h = x + scale * Math.cbrt(Math.max(2 ** -52, relativeNoise)) - x;
  const [right, left] = [(f(x + h) - centre) / h, (centre - f(x - h)) / h];
  const value = (left + right) / 2;
  const grain = (2 * noise) / h;
  const bend = Math.abs(right - left);
  const straight =
    bend <= 100 * (h / scale) * Math.max(Math.abs(value), Math.abs(yours)) + 4 * grain;
  const agrees =
    Math.abs(value - yours) <= 1e-7 * Math.max(Math.abs(value), Math.abs(yours)) + grain;
  const fine = grain <= 1e-4 * Math.abs(value) || value === 0;
  if (!(straight && agrees && fine)) return undefined;
  return {
    kind: "smooth",
    value,
    error: grain + Math.abs(value - yours),
    left,
    right,
    curvature: (right - left) / h,
  };
}

/** The scatter of f along a fixed direction through all parameters. */
function noiseOf({ values, groups }: ParameterLayout, f: FlatFunction): number {
  const direction = Float64Array.from(values);
  for (const group of groups) {
    const scale = scaleOf(values, group);
    for (let i = group.offset; i < group.offset + group.size; i++)
      // Multiples of the golden ratio fill the interval evenly, in a fixed order.
      direction[i] = scale * ((((i + 1) * 0.6180339887498949) % 1) - 0.5);
  }
  return noiseAlong((t) => f(values.map((x, i) => x + t * direction[i]!)), 1e-5);
}

interface Measured extends Reading {
  readonly yours: number;
  readonly close: number;
  /** The size a gradient has here: below a tenth of it, noise does not hide a mistake. */
  readonly size: number;
}

function rowOf(
  group: ParameterGroup,
  index: number,
  parameter: number,
  { slope, allowance, yours, close, size }: Measured,
): GradCheckRow {
  const interval = [Math.min(slope.left, slope.right), Math.max(slope.left, slope.right)] as const;
  const corner = slope.kind === "corner";
  const target = corner ? Math.min(interval[1], Math.max(interval[0], yours)) : slope.value;
  const slack = close * Math.max(Math.abs(yours), Math.abs(target)) + 4 * slope.error + allowance;
  const within = Math.abs(yours - target) <= slack;
  const hidden = 40 * slope.error > Math.max(size, Math.abs(slope.value));
  return {
    name: entryName(group, index),
    group: group.name,
    index,
    parameter,
    yours,
    numeric: slope.value,
    error: slope.error,
    relativeError: relativeError(yours, target),
    verdict: rowVerdict(slope, within, hidden),
    ...(corner && { interval }),
  };
}

function rowVerdict({ kind }: Slope, within: boolean, hidden: boolean): GradCheckRow["verdict"] {
  if (kind === "jump" || kind === "undefined") return "unclear";
  if (!within) return "differs";
  if (kind === "corner") return "corner";
  return hidden ? "unclear" : "agrees";
}
