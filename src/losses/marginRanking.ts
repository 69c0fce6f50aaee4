import { notNegative } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface MarginRankingOptions extends LossOptions {
  /** How far above the other the better one should be, in the units of the scores. Default 1. */
  readonly margin?: number;
}

/**
 * Margin ranking loss of two scores: the better one should be above the other by a margin.
 * Called with the difference of both, first − second, and with 1 where the first belongs above and −1 where the
 * second does. Only the order is learned: whatever is added to all scores changes nothing. PyTorch's margin is
 * 0 unless one says so, and then scores that are all equal cost nothing. The slope jumps at the margin; the
 * engine takes 0 there, PyTorch −1.
 *
 * @throws RangeError when a target is neither −1 nor 1 or the margin is below 0
 *
 * @example
 * const [first, second] = [tensor([3, 0.5, 2]), tensor([1, 0, 4])]
 * marginRanking({ reduction: "none" })(first.sub(second), [1, 1, 1])   // → [0, 0.5, 3]
 */
export function marginRanking(options: MarginRankingOptions = {}): Loss {
  const { margin, reduction } = lossOptions("marginRanking", options, { margin: 1 });
  notNegative("margin", margin);
  return defineLoss(
    {
      name: "Margin ranking",
      argument: "margin",
      formula: [{ where: "m < c", value: "c - m" }, { value: "0" }],
      parameters: { c: margin },
      value: (m) => m.neg().add(margin).relu(),
      gradient: (m) => (m < margin ? -1 : 0),
      curvature: () => 0,
      convex: true,
      seams: [margin],
      steepest: 1,
      source:
        "Joachims (2002), Optimizing Search Engines using Clickthrough Data. doi:10.1145/775047.775067",
    },
    { reduction },
  );
}
