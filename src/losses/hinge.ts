import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Hinge loss: nothing to pay once the margin m = target · score reaches 1, below that one per unit.
 * Only samples near or beyond the boundary pull on the fit. Targets are −1 and 1, predictions raw
 * scores: with a target of 0 the loss would be 1 whatever the score.
 *
 * @throws RangeError when a target is neither −1 nor 1
 *
 * @example
 * hinge({ reduction: "none" })([2, 0.5, -1], [1, 1, 1])   // → [0, 0.5, 2]
 */
export function hinge(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Hinge",
      argument: "margin",
      formula: [{ where: "m < 1", value: "1 - m" }, { value: "0" }],
      parameters: {},
      value: (m) => m.neg().add(1).relu(),
      gradient: (m) => (m < 1 ? -1 : 0),
      curvature: () => 0,
      convex: true,
      seams: [1],
      steepest: 1,
      source: "Cortes & Vapnik (1995), Support-Vector Networks. doi:10.1007/BF00994018",
    },
    lossOptions("hinge", options, {}),
  );
}
