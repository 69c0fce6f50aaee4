import { type Tensor, where } from "../engine/index.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Log-cosh: about r²/2 near zero and |r| − log 2 far away, smooth everywhere.
 * Like Huber with delta 1, but with second derivatives that Newton's method can use.
 * Some texts add the samples up; this one averages unless `reduction` says otherwise.
 *
 * @example
 * logCosh({ reduction: "none" })([0, 1, -1000], [0, 0, 0])   // → [0, 0.433780830483, 999.306852819]
 */
export function logCosh(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Log-cosh",
      argument: "residual",
      formula: [{ value: "log(cosh(r))" }],
      parameters: {},
      value: stableLogCosh,
      gradient: Math.tanh,
      curvature: (r) => 1 / Math.cosh(r) ** 2,
      convex: true,
      seams: [],
      steepest: 1,
      source:
        "Green (1990), Bayesian Reconstructions from Emission Tomography Data Using a Modified EM Algorithm. doi:10.1109/42.52985",
    },
    lossOptions("logCosh", options, {}),
  );
}

/**
 * cosh overflows from 711 on, and log(cosh r) loses the digits of a small r. So, with exact
 * expressions: cosh r − 1 = −½·(eʳ − 1)(e⁻ʳ − 1) near zero, |r| + log(1 + e^(−2|r|)) − log 2 beyond.
 */
function stableLogCosh(r: Tensor): Tensor {
  const small = r.clamp(-1, 1);
  const near = small.expm1().mul(small.neg().expm1()).mul(-0.5).log1p();
  const size = r.abs();
  const far = size.add(size.mul(-2).exp().log1p()).sub(Math.LN2);
  return where(size.less(1), near, far);
}
