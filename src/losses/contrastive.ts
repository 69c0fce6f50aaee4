import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface ContrastiveOptions extends LossOptions {
  /** How far apart different things should be. Default 1. */
  readonly margin?: number;
}

/**
 * Contrastive loss of a distance: draws a pair together (target 1) or pushes it apart (target 0).
 * Pairs of different things that are a margin apart already are left alone. Halved, as in the paper
 * (where 0 means similar); TensorFlow Addons leaves the ½ out. See `rowDistance` for the distances.
 *
 * @throws RangeError when a target is neither 0 nor 1 or the margin is not positive
 *
 * @example
 * contrastive({ reduction: "none" })([0.5, 0.5, 2], [1, 0, 0])   // → [0.125, 0.125, 0]
 */
export function contrastive(options: ContrastiveOptions = {}): Loss {
  const { margin, reduction } = lossOptions("contrastive", options, { margin: 1 });
  positive("margin", margin);
  return defineLoss(
    {
      name: "Contrastive",
      argument: "distance",
      targets: "bits",
      formula: [
        { where: "y == 1", value: "d^2 / 2" },
        { where: "d < c", value: "(c - d)^2 / 2" },
        { value: "0" },
      ],
      parameters: { c: margin },
      value: (d, y) => {
        const together = d.square().mul(y);
        const apart = d.neg().add(margin).relu().square().mul(y.neg().add(1));
        return together.add(apart).mul(0.5);
      },
      gradient: (d, y) => (y === 1 ? d : -Math.max(0, margin - d)),
      curvature: (d, y) => (y === 1 || d < margin ? 1 : 0),
      convex: true,
      seams: [margin],
      steepest: Infinity,
      source:
        "Hadsell, Chopra & LeCun (2006), Dimensionality Reduction by Learning an Invariant Mapping. doi:10.1109/CVPR.2006.100",
    },
    { reduction },
  );
}
