import { knownOptions, notNegative } from "../options.ts";
import { shifted, solvePositive } from "./cholesky.ts";
import {
  along,
  asked,
  begin,
  dot,
  isFlat,
  type Minimizer,
  type MinimizerState,
  type Problem,
} from "./Minimizer.ts";
import { shown } from "./shown.ts";

/** A function that also tells its curvature: a row of the Hessian for each parameter. */
export interface CurvedProblem extends Problem {
  hessian(parameters: Float64Array): readonly (readonly number[])[];
}

export interface NewtonOptions {
  /** Arrived when no slope is larger. Default 1e-8. */
  readonly flat?: number;
  /**
   * Halves a step until it comes down, and adds to a curvature that is not positive until it is.
   * Without it the step goes wherever the slope would vanish, were the function a parabola: also up to
   * a maximum or saddle. Default true.
   */
  readonly guarded?: boolean;
}

/**
 * Newton's method: to the bottom of the parabola that has the same slope and curvature here.
 * On a quadratic it arrives in one step; near a minimum the number of right digits doubles each time.
 * A step costs a linear system of all parameters.
 *
 * @example
 * const bowl = { valueAndGradient: ([x, y]) => ({ value: x * x + 50 * y * y, gradient: [2 * x, 100 * y] }), hessian: () => [[2, 0], [0, 100]] };
 * minimize(newton(), bowl, [3, 4]).last.outcome   // → "arrived"
 * minimize(newton(), bowl, [3, 4]).last.t         // → 1
 */
export function newton(options: NewtonOptions = {}): Minimizer<CurvedProblem> {
  const { flat = 1e-8, guarded = true } = options;
  knownOptions("Newton", options, ["flat", "guarded"]);
  notNegative("flat", flat);
  return shown({
    name: "Newton",
    settings: { flat, guarded },
    rule: [
      guarded
        ? String.raw`(\nabla^2 f + \tau I)\, d = -g \text{ with the least } \tau \text{ that makes it positive}`
        : String.raw`\nabla^2 f\; d = -g`,
      guarded
        ? String.raw`\theta \leftarrow \theta + 2^{-k} d \text{ with the least } k \text{ that comes down}`
        : String.raw`\theta \leftarrow \theta + d`,
    ],
    source:
      "Nocedal & Wright (2006), Numerical Optimization, chapter 3. doi:10.1007/978-0-387-40065-5",
    start: (problem, parameters) => begin(problem, parameters, flat),
    step: (problem, state) => {
      const hessian = problem.hessian(Float64Array.from(state.parameters));
      const find = guarded ? downhill : solved;
      const direction = find(hessian, state.gradient);
      if (direction === undefined) return { ...state, t: state.t + 1, outcome: "stuck" };
      return moved(problem, state, direction, flat, guarded ? 40 : 1);
    },
  });
}

/** The step, halved until it comes down; the only try there is, is taken as it is. */
function moved(
  problem: Problem,
  state: MinimizerState,
  direction: readonly number[],
  flat: number,
  tries: number,
): MinimizerState {
  const t = state.t + 1;
  for (let halvings = 0; halvings < tries; halvings++) {
    const share = 0.5 ** halvings;
    const there = asked(problem, along(state.parameters, share, direction));
    const promised = 1e-4 * share * dot(state.gradient, direction);
    if (tries > 1 && !(there.value <= state.value + promised)) continue;
    const evaluations = state.evaluations + halvings + 1;
    return {
      ...there,
      t,
      evaluations,
      outcome: isFlat(there.gradient, flat) ? "arrived" : "going",
    };
  }
  return { ...state, t, evaluations: state.evaluations + tries, outcome: "stuck" };
}

/** The Newton direction with as much added to the curvature as it takes to come down. */
function downhill(hessian: readonly (readonly number[])[], gradient: readonly number[]) {
  const minus = gradient.map((slope) => -slope);
  const size = Math.max(...hessian.map((row, i) => Math.abs(row[i]!)), 1e-3);
  let direction = solvePositive(hessian, minus);
  for (let tau = 1e-3 * size; direction === undefined && tau < 1e12 * size; tau *= 4)
    direction = solvePositive(shifted(hessian, tau), minus);
  return direction;
}

/** H·d = −g by elimination with pivots, since H need not be positive; undefined when it is singular. */
function solved(hessian: readonly (readonly number[])[], gradient: readonly number[]) {
  const rows = hessian.map((row, i) => [...row, -gradient[i]!]);
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows.reduce(
      (best, row, k) => (k >= i && Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? k : best),
      i,
    );
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    if (rows[i]![i] === 0) return undefined;
    for (let k = i + 1; k < n; k++)
      rows[k] = along(rows[k]!, -rows[k]![i]! / rows[i]![i]!, rows[i]!);
  }
  const d = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) d[i] = (rows[i]![n]! - dot(d, rows[i]!)) / rows[i]![i]!;
  return d;
}
