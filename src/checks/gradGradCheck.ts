import type { GradCheckReport } from "./GradCheckReport.ts";
import { type DerivativeCheckOptions, jacobianCheck } from "./jacobianCheck.ts";
import { flattenedTree } from "./numbers.ts";
import { layoutOf, type ParameterTree } from "./parameterLayout.ts";

/**
 * Compares a Hessian with measured slopes of a gradient: the second derivatives, with the gradient
 * taken as right. Check that one with `gradCheck` first.
 *
 * @param hessian The matrix of second derivatives in the order of all parameters, [n, n], or a
 * function that gives it.
 * @example
 * gradGradCheck((p) => [2 * p[0] * p[1], p[0] ** 2], (p) => [[2 * p[1], 2 * p[0]], [2 * p[0], 0]], [2, 3]).verdict   // → "right"
 */
export function gradGradCheck<P, B = undefined>(
  gradient: (parameters: P, batch: B) => unknown,
  hessian: ((parameters: P, batch: B) => unknown) | ParameterTree,
  parameters: P,
  options: DerivativeCheckOptions<B> = {},
): GradCheckReport {
  const layout = layoutOf(parameters as ParameterTree);
  // The caller's structure, seen as one list: the Hessian's rows and columns follow its order.
  const whole = (values: readonly number[]) => layout.rebuild(values) as P;
  const list = Array.from(layout.values);
  const flat = (values: number[], batch: B) =>
    gradientList("gradGradCheck", gradient(whole(values), batch), list.length);
  const matrix =
    typeof hessian === "function"
      ? (values: number[], batch: B) => hessian(whole(values), batch)
      : hessian;
  return jacobianCheck<number[], B>(flat, matrix, list, options);
}

/** The numbers of a gradient, one for each parameter: the function itself may have been given for it. */
function gradientList(check: string, gradient: unknown, count: number): number[] {
  const list = flattenedTree(gradient);
  if (list.length === count) return list;
  throw new TypeError(
    `${check} starts from the gradient, one number for each of the ${count} parameters, but this function gives ${list.length}.\nHint: ${check}(grad(f), …), not ${check}(f, …).`,
  );
}

/** How Hessian-vector products are checked. */
export interface HvpCheckOptions<B> extends DerivativeCheckOptions<B> {
  /** How many directions to try; default 3. */
  readonly directions?: number;
}

/**
 * Compares Hessian-vector products with measured slopes of a gradient along the same directions.
 *
 * @param hvp Gives H·v in the structure of the parameters, from the parameters and v.
 * @example
 * hvpCheck((p) => [4 * p[0], 6 * p[1]], (p, v) => [4 * v[0], 6 * v[1]], [2, 3]).verdict   // → "right"
 */
export function hvpCheck<P, B = undefined>(
  gradient: (parameters: P, batch: B) => unknown,
  hvp: (parameters: P, direction: P, batch: B) => unknown,
  parameters: P,
  options: HvpCheckOptions<B> = {},
): GradCheckReport {
  const { directions = 3, ...rest } = options;
  const layout = layoutOf(parameters as ParameterTree);
  const all = Array.from({ length: directions }, (_, k) =>
    layout.values.map((_, i) => Math.sin((i + 1) * (k + 1) * 0.7548776662466927 + k)),
  );
  const moved = (lengths: readonly number[]) =>
    layout.rebuild(
      layout.values.map((x, i) => x + all.reduce((sum, v, k) => sum + lengths[k]! * v[i]!, 0)),
    ) as P;
  const f = (lengths: number[], batch: B) =>
    gradientList("hvpCheck", gradient(moved(lengths), batch), layout.values.length);
  const jacobian = (lengths: number[], batch: B) => {
    const products = all.map((v) =>
      flattenedTree(hvp(moved(lengths), layout.rebuild(v) as P, batch)),
    );
    return Array.from(layout.values, (_, i) => products.map((product) => product[i]!));
  };
  return jacobianCheck<number[], B>(
    f,
    jacobian,
    all.map(() => 0),
    rest,
  );
}
