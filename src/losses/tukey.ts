import { where } from "../engine/index.ts";
import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface TukeyOptions extends LossOptions {
  /** Beyond it a residual has no pull at all, in the units of the target. Default 4.685. */
  readonly cutoff?: number;
}

/**
 * Tukey's biweight: beyond `cutoff` the loss is constant, so an outlier is as good as not there.
 * With residuals of standard deviation 1 the default keeps 95 % of the efficiency of least squares.
 * It is not convex.
 *
 * @throws RangeError unless cutoff is positive and finite
 *
 * @example
 * tukey({ cutoff: 1, reduction: "none" })([0.5, 3], [0, 0])   // → [0.0963541666667, 0.166666666667]
 */
export function tukey(options: TukeyOptions = {}): Loss {
  const { cutoff, reduction } = lossOptions("tukey", options, { cutoff: 4.685 });
  positive("cutoff", cutoff);
  const left = (r: number) =>
    Math.max(0, ((cutoff - Math.abs(r)) * (cutoff + Math.abs(r))) / cutoff ** 2);
  return defineLoss(
    {
      name: "Tukey biweight",
      argument: "residual",
      formula: [
        { where: "abs(r) <= c", value: "c^2 / 6 * (1 - (1 - (r / c)^2)^3)" },
        { value: "c^2 / 6" },
      ],
      parameters: { c: cutoff },
      // 1 − (1−u)³ = u(3 − 3u + u²), which keeps the digits of a small u; near the cutoff 1 − u keeps those
      // of the slope, which dies away there.
      value: (r) => {
        const c = r.clamp(-cutoff, cutoff);
        const u = c.div(cutoff).square();
        const size = c.abs();
        const left = size
          .neg()
          .add(cutoff)
          .mul(size.add(cutoff))
          .div(cutoff ** 2);
        const near = u.mul(u.sub(3).mul(u).add(3));
        const far = left.square().mul(left).neg().add(1);
        return where(u.less(1 / 3), near, far).mul(cutoff ** 2 / 6);
      },
      gradient: (r) => r * left(r) ** 2,
      curvature: (r) => left(r) * (1 - 5 * (1 - left(r))),
      convex: false,
      seams: [],
      steepest: (cutoff / Math.sqrt(5)) * (16 / 25),
      source:
        "Beaton & Tukey (1974), The Fitting of Power Series, Meaning Polynomials, Illustrated on Band-Spectroscopic Data. doi:10.1080/00401706.1974.10489171",
    },
    { reduction },
  );
}
