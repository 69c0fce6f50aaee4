import { where } from "../engine/index.ts";
import { positive } from "../options.ts";
import { defineLoss } from "./defineLoss.ts";
import { lossOptions } from "./doors.ts";
import type { Loss, LossOptions } from "./Loss.ts";

export interface HingeEmbeddingOptions extends LossOptions {
  /** How far apart different things should be, in the units of the distance. Default 1. */
  readonly margin?: number;
}

/**
 * Hinge embedding loss of a distance: a pair that belongs together (target 1) costs its distance, a pair that
 * does not (target −1) what the distance lacks to the margin.
 * It pulls equally hard on near and far pairs, where `contrastive` pulls by the distance: one wrong pair does not
 * outweigh the rest, but pairs that almost agree are not left in peace. The slope jumps at the margin; the engine
 * takes 0 there, PyTorch −1. See `rowDistance` for the distances; PyTorch also takes distances below 0.
 *
 * @throws RangeError when a target is neither −1 nor 1, a distance is below 0 or the margin is not positive
 *
 * @example
 * hingeEmbedding({ reduction: "none" })([0.5, 0.25, 2], [1, -1, -1])   // → [0.5, 0.75, 0]
 */
export function hingeEmbedding(options: HingeEmbeddingOptions = {}): Loss {
  const { margin, reduction } = lossOptions("hingeEmbedding", options, { margin: 1 });
  positive("margin", margin);
  return defineLoss(
    {
      name: "Hinge embedding",
      argument: "distance",
      targets: "signs",
      formula: [
        { where: "y == 1", value: "d" },
        { where: "d < c", value: "c - d" },
        { value: "0" },
      ],
      parameters: { c: margin },
      value: (d, y) => where(y.greater(0), d, d.neg().add(margin).relu()),
      gradient: (d, y) => (y === 1 ? 1 : d < margin ? -1 : 0),
      curvature: () => 0,
      convex: true,
      seams: [margin],
      steepest: 1,
      source:
        "Mobahi, Collobert & Weston (2009), Deep Learning from Temporal Coherence in Video. ICML 2009",
    },
    { reduction },
  );
}
