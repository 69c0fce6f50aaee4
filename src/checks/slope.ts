/** What a function of one number does at a point. */
export interface Slope {
  /**
   * `"smooth"`: one slope. `"corner"`: a left and a right slope that differ. `"edge"`: the function
   * ends here, only one side exists. `"jump"`: the function jumps or is infinitely steep.
   * `"undefined"`: it is not finite here.
   */
  readonly kind: "smooth" | "corner" | "edge" | "jump" | "undefined";
  /** The slope; at a corner, the middle between left and right. */
  readonly value: number;
  /** How far `value` may be off: extrapolation and rounding together. */
  readonly error: number;
  readonly left: number;
  readonly right: number;
  /** The second derivative, roughly: it says how much rounding in the point matters. */
  readonly curvature: number;
}

/** A function of one number near a point, with the size of its rounding noise. */
export interface Neighbourhood {
  readonly f: (x: number) => number;
  readonly x: number;
  /** f(x) */
  readonly centre: number;
  /** The length over which x varies: steps are fractions of it. */
  readonly scale: number;
  /** How much f scatters by rounding alone. */
  readonly noise: number;
}

/**
 * The slope of f at x by Ridders' method: central differences at halving steps, extrapolated to
 * step 0, keeping the entry of the triangle with the least estimated error. When a start does not
 * settle (a kink inside the step, a function that varies faster), it starts again 32 times nearer.
 *
 * @source C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), Advances in Engineering
 * Software 4 (1982) 75–76.
 */
export function slopeAt(near: Neighbourhood): Slope {
  const seen: Triangle[] = [];
  for (let start = near.scale / 16; start > near.scale * 2 ** -44; start /= 32) {
    const triangle = triangleFrom(near, start);
    if (!triangle) continue;
    seen.push(triangle);
    if (triangle.bend === "none" && triangle.settled) break;
    // Below this the noise alone is larger than everything seen so far.
    if (near.noise / start > 1e3 * Math.abs(triangle.jump) && seen.length > 2) break;
  }
  if (!seen.length) return edgeSlope(near);
  return conclude(seen);
}

/** Central differences at one start: what Ridders' triangle makes of them, and what the sides do. */
interface Triangle {
  readonly value: number;
  readonly error: number;
  readonly left: Estimate;
  readonly right: Estimate;
  /** right − left at the smallest step: curvature times step, or a kink. */
  readonly jump: number;
  readonly curvature: number;
  /** How right − left behaves under halving: vanishes, stays, grows. */
  readonly bend: "none" | "corner" | "steep";
  /** A smaller start cannot do better. */
  readonly settled: boolean;
}

interface Estimate {
  readonly value: number;
  readonly error: number;
}

const rows = 6;

function triangleFrom({ f, x, centre, scale, noise }: Neighbourhood, start: number) {
  const above: number[] = [];
  const below: number[] = [];
  const steps: number[] = [];
  let largest = Math.abs(centre);
  for (let row = 0; row < rows; row++) {
    // The step that was really taken, since x + h is rounded.
    const h = x + start / 2 ** row - x;
    const [up, down] = [f(x + h), f(x - h)];
    if (h === 0 || !Number.isFinite(up) || !Number.isFinite(down)) return undefined;
    largest = Math.max(largest, Math.abs(up), Math.abs(down));
    steps.push(h);
    above.push((up - centre) / h);
    below.push((centre - down) / h);
  }
  const least = noise + largest * 2 ** -53;
  const grain = steps.map((h) => (2 * least) / h);
  const bends = above.map((slope, i) => slope - below[i]!);
  const middle = above.map((slope, i) => (slope + below[i]!) / 2);
  const central = extrapolate(middle, grain, 4, unevenness(bends, grain, [1, -2]));
  const uneven = unevenness(bends, grain, [1, -3, 2]);
  const [last, before] = [bends[rows - 1]!, bends[rows - 2]!];
  const rest = 4 * grain[rows - 1]!;
  const shrinks = Math.abs(last) <= 0.75 * Math.abs(before) || Math.abs(last) <= rest;
  const grows = Math.abs(last) > 1.2 * Math.abs(before);
  return {
    ...central,
    left: extrapolate(below, grain, 2, uneven),
    right: extrapolate(above, grain, 2, uneven),
    jump: last,
    curvature: (above[0]! - below[0]!) / steps[0]!,
    bend: shrinks ? "none" : grows ? "steep" : "corner",
    settled:
      central.error <= 1e-9 * Math.abs(central.value) ||
      central.error <= 8 * grain[0]! ||
      central.error * scale <= 4 * least,
  } satisfies Triangle;
}

/**
 * What is left of right − left when its smooth part is taken away: [1, −2] removes curvature ×
 * step, [1, −3, 2] a kink at the point as well. The rest is a kink inside the step.
 */
function unevenness(
  bends: readonly number[],
  grain: readonly number[],
  weights: readonly number[],
) {
  return bends.map((_, i) => {
    const rest = weights.reduce((sum, weight, k) => sum + weight * (bends[i + k] ?? 0), 0);
    return i + weights.length > bends.length ? 0 : Math.max(0, Math.abs(rest) - 4 * grain[i]!);
  });
}

/**
 * Ridders' triangle: `power` is the factor by which halving the step divides the leading error.
 * Each row enters with its unevenness, times its weight in the extrapolation.
 */
function extrapolate(
  slopes: readonly number[],
  grain: readonly number[],
  power: number,
  uneven: readonly number[] = [],
): Estimate {
  let best: Estimate = { value: slopes[0]!, error: Number.POSITIVE_INFINITY };
  let row = [slopes[0]!];
  for (let i = 1; i < slopes.length; i++) {
    const next = [slopes[i]!];
    let kinks = 0;
    for (let k = 1, factor = power; k <= i; k++, factor *= power) {
      const value = next[k - 1]! + (next[k - 1]! - row[k - 1]!) / (factor - 1);
      const spread = Math.max(Math.abs(value - next[k - 1]!), Math.abs(value - row[k - 1]!));
      kinks += 1.5 * power ** (-k * (k + 1) * 0.5) * (uneven[i - k] ?? 0);
      const error = spread + grain[i]! + kinks;
      if (error < best.error) best = { value, error };
      next.push(value);
    }
    row = next;
  }
  return best;
}

/** One verdict from the triangles of all starts, the widest start first. */
function conclude(seen: readonly Triangle[]): Slope {
  const bent = seen.filter(({ bend }) => bend !== "none");
  const straight = seen.filter(({ bend }) => bend === "none");
  const smooth = least(straight, ({ error }) => error);
  const jump = Math.abs(bent.at(-1)?.jump ?? Number.POSITIVE_INFINITY);
  // Noise can hide a kink at tiny steps, so a smooth reading must be finer than the kink it denies.
  if (smooth && smooth.error < 0.1 * jump) return smoothSlope(smooth);
  const corners = bent.filter(({ bend }) => bend === "corner");
  const corner = least(corners, ({ left, right }) => left.error + right.error);
  const sharp = corner && corner.left.error + corner.right.error < 0.1 * Math.abs(corner.jump);
  if (corner && sharp) return cornerSlope(corner);
  return smooth ? smoothSlope(smooth) : steepSlope(bent.at(-1)!);
}

function cornerSlope(corner: Triangle): Slope {
  const [left, right] = [corner.left.value, corner.right.value];
  const error = Math.max(corner.left.error, corner.right.error);
  return { kind: "corner", value: (left + right) / 2, error, left, right, curvature: 0 };
}

const smoothSlope = ({ value, error, curvature }: Triangle): Slope => ({
  kind: "smooth",
  value,
  error,
  left: value,
  right: value,
  curvature,
});

const steepSlope = ({ value, left, right }: Triangle): Slope => ({
  kind: "jump",
  value,
  error: Number.POSITIVE_INFINITY,
  left: left.value,
  right: right.value,
  curvature: Number.POSITIVE_INFINITY,
});

/** Where f ends at x: the slope of the side that exists. */
function edgeSlope({ f, x, centre, scale, noise }: Neighbourhood): Slope {
  for (const side of [1, -1]) {
    const steps = Array.from({ length: rows }, (_, i) => x + (side * scale * 2 ** -i) / 4096 - x);
    const slopes = steps.map((h) => (f(x + h) - centre) / h);
    if (!slopes.every(Number.isFinite)) continue;
    const grain = steps.map((h) => (2 * noise) / Math.abs(h));
    const { value, error } = extrapolate(slopes, grain, 2);
    const steep = error > 0.1 * Math.abs(value) && error > 8 * grain[rows - 1]!;
    const sides =
      side > 0 ? { left: Number.NaN, right: value } : { left: value, right: Number.NaN };
    return { kind: steep ? "jump" : "edge", value, error, ...sides, curvature: 0 };
  }
  const nothing = { value: Number.NaN, error: Number.POSITIVE_INFINITY, curvature: 0 };
  return { kind: "undefined", ...nothing, left: Number.NaN, right: Number.NaN };
}

function least<T>(items: readonly T[], cost: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || cost(item) < cost(best) ? item : best),
    undefined,
  );
}

/**
 * How much f scatters by rounding, from a table of differences along a short line: the smooth part
 * of f dies out in the higher differences, the scatter stays.
 *
 * @source J. J. Moré and S. M. Wild, Estimating computational noise, SIAM J. Sci. Comput. 33 (2011)
 * 1292–1314, doi:10.1137/100786125.
 */
export function noiseAlong(f: (t: number) => number, step: number): number {
  let differences = Array.from({ length: 8 }, (_, i) => f((i + 1) * step));
  const floor = Math.max(...differences.map(Math.abs)) * 2 ** -53;
  if (!differences.every(Number.isFinite)) return floor;
  let scatter = Number.POSITIVE_INFINITY;
  let gamma = 1;
  for (let k = 1; k <= 6; k++) {
    differences = differences.slice(1).map((value, i) => value - differences[i]!);
    gamma *= k / (2 * (2 * k - 1));
    const meanSquare = differences.reduce((sum, d) => sum + d * d, 0) / differences.length;
    if (k >= 3) scatter = Math.min(scatter, Math.sqrt(gamma * meanSquare));
  }
  // Rounding comes in steps, not in bells: twice the standard deviation covers a whole step.
  return Math.max(floor, 2 * scatter);
}
