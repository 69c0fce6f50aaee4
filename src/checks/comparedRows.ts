import { coordinatesAt, type FlatFunction } from "./coordinates.ts";
import { type GradCheckRow, relativeError } from "./GradCheckReport.ts";
import { isSingle } from "./numbers.ts";
import { entryName, type ParameterGroup, type ParameterLayout } from "./parameterLayout.ts";
import { type Neighbourhood, type Slope, slopeAt } from "./slope.ts";

/** Compares every entry of a gradient with the slope measured by differences. */
export function comparedRows(
  { values, groups }: Pick<ParameterLayout, "values" | "groups">,
  f: FlatFunction,
  yours: Float64Array,
  tolerance?: number,
): readonly GradCheckRow[] {
  const { rounding, close, margin } = precisionOf(yours, tolerance);
  const coordinate = coordinatesAt(groups, values, f);
  const largest = Math.max(0, ...yours.map(Math.abs));
  return groups.flatMap((group) =>
    Array.from({ length: group.size }, (_, index) => {
      const at = group.offset + index;
      const near = coordinate(at);
      const slope = quickSlope(near, yours[at]!) ?? slopeAt(near);
      const bend = Number.isFinite(slope.curvature) ? Math.abs(slope.curvature) * near.scale : 0;
      const allowance = 64 * rounding * (Math.abs(near.centre) / near.scale + bend);
      const size = Math.max(largest, bend);
      return rowOf(group, index, near.x, {
        slope,
        allowance,
        yours: yours[at]!,
        close,
        size,
        margin,
      });
    }),
  );
}

/** A gradient computed in float32 carries the rounding of its 24 bits through every sum. */
function precisionOf(yours: Float64Array, tolerance?: number) {
  const single = isSingle(yours);
  return single
    ? { rounding: 2 ** -24, close: tolerance ?? 1e-4, margin: 10 }
    : { rounding: 2 ** -53, close: tolerance ?? 1e-5, margin: 4 };
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

interface Measured {
  readonly slope: Slope;
  /** How far a right gradient may be off by the rounding of its own arithmetic. */
  readonly allowance: number;
  readonly yours: number;
  readonly close: number;
  /** How many times its own error estimate a measured slope may be off. */
  readonly margin: number;
  /** The size a gradient has here: below a tenth of it, noise does not hide a mistake. */
  readonly size: number;
}

function rowOf(
  group: ParameterGroup,
  index: number,
  parameter: number,
  { slope, allowance, yours, close, size, margin }: Measured,
): GradCheckRow {
  const interval = [Math.min(slope.left, slope.right), Math.max(slope.left, slope.right)] as const;
  const corner = slope.kind === "corner";
  const target = corner ? Math.min(interval[1], Math.max(interval[0], yours)) : slope.value;
  const slack =
    close * Math.max(Math.abs(yours), Math.abs(target)) + margin * slope.error + allowance;
  const within = Math.abs(yours - target) <= slack;
  const hidden = 40 * slope.error > Math.max(size, Math.abs(slope.value)) && yours !== slope.value;
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
    ...((slope.kind === "jump" || slope.kind === "undefined") && { obstacle: slope.kind }),
    ...(corner && { interval }),
  };
}

function rowVerdict({ kind }: Slope, within: boolean, hidden: boolean): GradCheckRow["verdict"] {
  if (kind === "jump" || kind === "undefined") return "unclear";
  if (!within) return "differs";
  if (kind === "corner") return "corner";
  return hidden ? "unclear" : "agrees";
}
