import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

/**
 * Squared hinge: the hinge loss squared, so that it leaves the margin without a corner.
 * Badly wrong samples pull harder than mildly wrong ones.
 *
 * @throws RangeError when a target is neither −1 nor 1
 *
 * @example
 * squaredHinge({ reduction: "none" })([2, 0.5, -1], [1, 1, 1])   // → [0, 0.25, 4]
 */
export function squaredHinge(options: LossOptions = {}): Loss {
  return defineLoss(
    {
      name: "Squared hinge",
      argument: "margin",
      formula: [{ where: "m < 1", value: "(1 - m)^2" }, { value: "0" }],
      parameters: {},
      value: (m) => m.neg().add(1).relu().square(),
      gradient: (m) => -2 * Math.max(0, 1 - m),
      curvature: (m) => (m < 1 ? 2 : 0),
      convex: true,
      seams: [1],
      steepest: Infinity,
      source: "Tang (2013), Deep Learning using Linear Support Vector Machines. arXiv:1306.0239",
    },
    lossOptions("squaredHinge", options, {}),
  );
}
