import { knownOptions, notNegative } from "../options.ts";
import { shifted, solvePositive } from "./cholesky.ts";
import { along, dot, isFlat, type Minimizer, type MinimizerState } from "./Minimizer.ts";
import { shown } from "./shown.ts";

/** A sum of squares ½ Σ r²: the residuals, and how each changes with every parameter. */
export interface LeastSquares {
  residualsAndJacobian(parameters: Float64Array): {
    readonly residuals: ArrayLike<number>;
    /** A row for each residual, an entry for each parameter. */
    readonly jacobian: readonly ArrayLike<number>[];
  };
}

export interface LevenbergMarquardtOptions {
  /** λ to begin with, added to the diagonal of JᵀJ. Default 1e-3; 0 makes it plain Gauss–Newton. */
  readonly damping?: number;
  /** Arrived when no slope is larger. Default 1e-8. */
  readonly flat?: number;
}

export interface DampedState extends MinimizerState {
  /** λ: how far the step is drawn towards gradient descent. */
  readonly damping: number;
}

/**
 * Levenberg–Marquardt: Gauss–Newton for sums of squares, damped towards gradient descent while its
 * steps do not come down.
 * The curvature is guessed as JᵀJ from first derivatives alone; that is good where residuals end small.
 * The value is ½ Σ r².
 *
 * @throws RangeError when a setting is out of range
 *
 * @example
 * const line = { residualsAndJacobian: ([w, b]) => ({ residuals: [b - 1, w + b - 3], jacobian: [[0, 1], [1, 1]] }) };
 * minimize(gaussNewton(), line, [0, 0]).last.parameters   // → [2, 1]
 */
export function levenbergMarquardt(
  options: LevenbergMarquardtOptions = {},
): Minimizer<LeastSquares, DampedState> {
  const { damping = 1e-3, flat = 1e-8 } = options;
  knownOptions("Levenberg-Marquardt", options, ["damping", "flat"]);
  notNegative("damping", damping);
  notNegative("flat", flat);
  return shown({
    name: damping === 0 ? "Gauss-Newton" : "Levenberg-Marquardt",
    settings: { damping, flat },
    rule: [
      damping === 0
        ? String.raw`J^\top J\, d = -J^\top r`
        : String.raw`(J^\top J + \lambda I)\, d = -J^\top r`,
      String.raw`\theta \leftarrow \theta + d`,
      ...(damping === 0
        ? []
        : [
            String.raw`\lambda \leftarrow \lambda / 10 \text{ if it came down, else } 10\, \lambda \text{ and no step}`,
          ]),
    ],
    source:
      "Marquardt (1963), An Algorithm for Least-Squares Estimation of Nonlinear Parameters. doi:10.1137/0111030",
    start: (problem, parameters) => {
      const { value, gradient } = squaresAt(problem, parameters);
      const here = { parameters: Array.from(parameters), value, gradient, damping };
      return {
        ...here,
        t: 0,
        evaluations: 1,
        outcome: isFlat(gradient, flat) ? "arrived" : "going",
      };
    },
    step: (problem, state) => damped(problem, state, flat, damping === 0),
  });
}

/** One step, or none and more damping; plain Gauss–Newton takes any step that gives a number. */
function damped(
  problem: LeastSquares,
  state: DampedState,
  flat: number,
  plain: boolean,
): DampedState {
  const { normal } = squaresAt(problem, state.parameters);
  const minus = state.gradient.map((slope) => -slope);
  const direction = solvePositive(shifted(normal, state.damping), minus);
  const t = state.t + 1;
  if (direction === undefined) return refused(state, { t, evaluations: state.evaluations + 1 });
  const parameters = along(state.parameters, 1, direction);
  const { value, gradient } = squaresAt(problem, parameters);
  const evaluations = state.evaluations + 2;
  // Written so that a value of NaN counts as too high.
  const accepted = plain ? !Number.isNaN(value) : value <= state.value;
  if (!accepted) return refused(state, { t, evaluations });
  const outcome = isFlat(gradient, flat) ? "arrived" : "going";
  return { t, parameters, value, gradient, evaluations, outcome, damping: state.damping / 10 };
}

/**
 * Gauss–Newton: the residuals taken as straight lines, and the least squares of those.
 * Fast near the end; far away it may step anywhere, which `levenbergMarquardt` repairs.
 *
 * @example
 * gaussNewton().name   // → "Gauss-Newton"
 */
export function gaussNewton(
  options: Pick<LevenbergMarquardtOptions, "flat"> = {},
): Minimizer<LeastSquares, DampedState> {
  knownOptions("Gauss-Newton", options, ["flat"]);
  return levenbergMarquardt({ ...options, damping: 0 });
}

/** No step; ten times more damping, unless there is none or it no longer changes anything. */
function refused(state: DampedState, counted: Pick<DampedState, "t" | "evaluations">): DampedState {
  const hopeless = state.damping === 0 || state.damping > 1e16;
  return {
    ...state,
    ...counted,
    damping: state.damping * 10,
    outcome: hopeless ? "stuck" : "going",
  };
}

/** ½ Σ r², its gradient Jᵀr, and JᵀJ. */
function squaresAt(problem: LeastSquares, parameters: ArrayLike<number>) {
  const { residuals, jacobian } = problem.residualsAndJacobian(Float64Array.from(parameters));
  const r = Array.from(residuals);
  const columns = Array.from(parameters, (_, j) => jacobian.map((row) => row[j]!));
  return {
    value: dot(r, r) / 2,
    gradient: columns.map((column) => dot(column, r)),
    normal: columns.map((left) => columns.map((right) => dot(left, right))),
  };
}
