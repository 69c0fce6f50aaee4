import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface TripletOptions extends LossOptions {
  /** How much farther the negative should be than the positive. Default 1. */
  readonly margin?: number;
}

/**
 * Triplet loss of two distances: an anchor should be nearer to its like than to another.
 * Called with the distances to the positive and to the negative, it is a hinge on their difference.
 * See `rowDistance` for the distances; FaceNet takes squared ones, PyTorch plain ones.
 *
 * @throws RangeError when the margin is not positive
 *
 * @example
 * triplet({ reduction: "none" })([0.5, 2], [3, 1.5])   // → [0, 1.5]
 */
export function triplet(options: TripletOptions = {}): Loss {
  const { margin, reduction } = lossOptions("triplet", options, { margin: 1 });
  positive("margin", margin);
  return defineLoss(
    {
      name: "Triplet",
      argument: "residual",
      formula: [{ where: "r > -c", value: "r + c" }, { value: "0" }],
      parameters: { c: margin },
      value: (r) => r.add(margin).relu(),
      gradient: (r) => (r > -margin ? 1 : 0),
      curvature: () => 0,
      convex: true,
      seams: [-margin],
      steepest: 1,
      source:
        "Schroff, Kalenichenko & Philbin (2015), FaceNet: A Unified Embedding for Face Recognition and Clustering. arXiv:1503.03832",
    },
    { reduction },
  );
}
