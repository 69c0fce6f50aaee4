import { knownOptions, notNegative } from "../options.ts";
import {
  along,
  begin,
  dot,
  isFlat,
  type Minimizer,
  type MinimizerState,
  type Problem,
} from "./Minimizer.ts";
import { shown } from "./shown.ts";
import { strongWolfe } from "./wolfe.ts";

export interface LbfgsOptions {
  /** How many pairs of steps and slope changes are kept. Default 10. */
  readonly memory?: number;
  /** Arrived when no slope is larger. Default 1e-8. */
  readonly flat?: number;
}

export interface LbfgsState extends MinimizerState {
  /** The last steps s, oldest first. */
  readonly steps: readonly (readonly number[])[];
  /** How the gradient changed over each of them, y. */
  readonly changes: readonly (readonly number[])[];
}

/**
 * L-BFGS: Newton's method with a curvature guessed from the last few steps, and a line search that
 * fulfils the strong Wolfe conditions.
 * It arrives in tens of steps where gradient descent needs thousands; the gradients must be exact, not
 * those of random batches.
 *
 * @throws RangeError when a setting is out of range
 *
 * @example
 * const bowl = { valueAndGradient: ([x, y]) => ({ value: x * x + 50 * y * y, gradient: [2 * x, 100 * y] }) };
 * minimize(lbfgs(), bowl, [3, 4]).last.outcome   // → "arrived"
 */
export function lbfgs(options: LbfgsOptions = {}): Minimizer<Problem, LbfgsState> {
  const { memory = 10, flat = 1e-8 } = options;
  knownOptions("L-BFGS", options, ["memory", "flat"]);
  notNegative("flat", flat);
  if (!(Number.isInteger(memory) && memory > 0))
    throw new RangeError(
      `memory must be a whole number above 0, but it is ${memory}.\nHint: 10 is usual.`,
    );
  return shown({
    name: "L-BFGS",
    settings: { memory, flat },
    rule: [
      String.raw`d = -H_t\, g \text{ with } H_t \text{ from the last pairs } (s_i, y_i)`,
      String.raw`\alpha: f(\theta + \alpha d) \le f + c_1 \alpha\, g^\top d, \quad |g_\alpha^\top d| \le c_2 |g^\top d|`,
      String.raw`\theta \leftarrow \theta + \alpha\, d`,
      String.raw`s = \alpha\, d, \quad y = g_{\text{new}} - g`,
    ],
    source:
      "Liu & Nocedal (1989), On the Limited Memory BFGS Method for Large Scale Optimization. doi:10.1007/BF01589116",
    start: (problem, parameters) => ({
      ...begin(problem, parameters, flat),
      steps: [],
      changes: [],
    }),
    step: (problem, state) => {
      // Without any curvature known, the first trial moves by at most 1 in all.
      const first = state.steps.length === 0 ? Math.min(1, 1 / Math.hypot(...state.gradient)) : 1;
      const { point, evaluations } = strongWolfe(problem, state, towards(state), { first });
      const counted = { t: state.t + 1, evaluations: state.evaluations + evaluations };
      if (point === undefined) return { ...state, ...counted, outcome: "stuck" };
      const step = along(point.parameters, -1, state.parameters);
      const change = along(point.gradient, -1, state.gradient);
      const { parameters, value, gradient } = point;
      const outcome = isFlat(gradient, flat) ? "arrived" : "going";
      const pairs = remembered(state, step, change, memory);
      return { ...counted, parameters, value, gradient, outcome, ...pairs };
    },
  });
}

/** −H·g by the two loops of Nocedal: the curvature is never written down as a matrix. */
function towards({ steps, changes, gradient }: LbfgsState): number[] {
  let direction = gradient.map((slope) => -slope);
  const shares: number[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    shares[i] = dot(steps[i]!, direction) / dot(changes[i]!, steps[i]!);
    direction = along(direction, -shares[i]!, changes[i]!);
  }
  const [s, y] = [steps.at(-1), changes.at(-1)];
  if (s !== undefined && y !== undefined) {
    const scale = dot(s, y) / dot(y, y);
    direction = direction.map((entry) => scale * entry);
  }
  for (let i = 0; i < steps.length; i++) {
    const back = dot(changes[i]!, direction) / dot(changes[i]!, steps[i]!);
    direction = along(direction, shares[i]! - back, steps[i]!);
  }
  return direction;
}

/** The pairs with a new one, unless it shows no curvature that is worth keeping. */
function remembered(state: LbfgsState, s: number[], y: number[], memory: number) {
  if (dot(s, y) <= Number.EPSILON * dot(y, y))
    return { steps: state.steps, changes: state.changes };
  return {
    steps: [...state.steps, s].slice(-memory),
    changes: [...state.changes, y].slice(-memory),
  };
}
