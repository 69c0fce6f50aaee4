import { along, asked, dot, type Problem } from "./Minimizer.ts";

/** A point on the line of search: how far, how high, how steep along the line. */
interface Trial {
  readonly length: number;
  readonly value: number;
  readonly slope: number;
  readonly parameters: number[];
  readonly gradient: number[];
}

/** What a line search found; undefined when rounding leaves nothing to find. */
export interface Found {
  readonly point: Pick<Trial, "parameters" | "value" | "gradient"> | undefined;
  readonly evaluations: number;
}

/**
 * A step length that fulfils the strong Wolfe conditions: it comes down at least `c1` of what the
 * slope promises, and the slope that is left is at most `c2` of the first. The second keeps the
 * curvature pair of quasi-Newton methods positive.
 * Algorithms 3.5 and 3.6 of Nocedal & Wright (2006), Numerical Optimization.
 */
export function strongWolfe(
  problem: Problem,
  from: { parameters: readonly number[]; value: number; gradient: readonly number[] },
  direction: readonly number[],
  { first = 1, c1 = 1e-4, c2 = 0.9 }: { first?: number; c1?: number; c2?: number } = {},
): Found {
  let evaluations = 0;
  const at = (length: number): Trial => {
    evaluations++;
    const there = asked(problem, along(from.parameters, length, direction));
    return { ...there, length, slope: dot(there.gradient, direction) };
  };
  const origin: Trial = {
    ...from,
    length: 0,
    slope: dot(from.gradient, direction),
    parameters: [...from.parameters],
    gradient: [...from.gradient],
  };
  // Near a minimum the values differ by no more than their rounding: there the slopes decide.
  const rounding = 4 * Number.EPSILON * Math.abs(origin.value);
  // Written so that a value of NaN counts as too high.
  const low = (trial: Trial) =>
    trial.value <= origin.value + c1 * trial.length * origin.slope + rounding;
  const lower = (trial: Trial, than: Trial) => trial.value <= than.value + rounding;
  const gentle = (trial: Trial) => Math.abs(trial.slope) <= -c2 * origin.slope;
  const within = (bracket: Bracket) =>
    zoom(bracket, at, (trial, than) => low(trial) && lower(trial, than), gentle);
  let last = origin;
  for (let length = first, tries = 0; tries < 30; tries++, length *= 2) {
    const trial = at(length);
    if (!low(trial) || (tries > 0 && !lower(trial, last)))
      return { point: within({ best: last, other: trial }), evaluations };
    if (gentle(trial)) return { point: trial, evaluations };
    if (trial.slope >= 0) return { point: within({ best: trial, other: last }), evaluations };
    last = trial;
  }
  return { point: last, evaluations };
}

/** Between the two lies a point that fulfils the conditions; `best` is the lower of them. */
interface Bracket {
  readonly best: Trial;
  readonly other: Trial;
}

function zoom(
  bracket: Bracket,
  at: (length: number) => Trial,
  low: (trial: Trial, than: Trial) => boolean,
  gentle: (trial: Trial) => boolean,
): Trial | undefined {
  let { best, other } = bracket;
  for (let tries = 0; tries < 40; tries++) {
    const trial = at(between(best, other));
    if (!low(trial, best)) other = trial;
    else {
      if (gentle(trial)) return trial;
      if (trial.slope * (other.length - best.length) >= 0) other = best;
      best = trial;
    }
    if (Math.abs(other.length - best.length) <= 1e-15 * Math.max(1, best.length)) break;
  }
  return best.length > 0 ? best : undefined;
}

/** Where a cubic through both ends is lowest, kept a tenth away from the ends. */
function between(best: Trial, other: Trial): number {
  const width = other.length - best.length;
  const d1 = best.slope + other.slope - (3 * (best.value - other.value)) / -width;
  const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - best.slope * other.slope);
  const cubic =
    other.length - (width * (other.slope + d2 - d1)) / (other.slope - best.slope + 2 * d2);
  const [near, far] = [best.length + 0.1 * width, best.length + 0.9 * width];
  const inside = cubic >= Math.min(near, far) && cubic <= Math.max(near, far);
  return inside ? cubic : best.length + width / 2;
}
