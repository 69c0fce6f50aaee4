import { ShapeError, spreadTo, type Tensor, type TensorLike, unwatched } from "../engine/index.ts";
import { place, sideBySide } from "./doors.ts";
import type { Reduction } from "./Loss.ts";

/**
 * The losses of all samples as one number, or as they are.
 *
 * @param shares what each loss counts by itself in a mean (class weights); default 1 for all
 */
export function reduced(
  name: string,
  each: Tensor,
  reduction: Reduction,
  weights?: TensorLike,
  shares?: Tensor,
): Tensor {
  const counts = weights === undefined ? undefined : spread(sideBySide(each, weights)[1], each);
  if (counts !== undefined) unwatched(() => weightsFit(name, each, counts));
  const weighted = counts === undefined ? each : each.mul(counts);
  if (reduction === "none") return weighted;
  if (reduction === "sum") return weighted.sum();
  const total = shares === undefined ? counts : counts === undefined ? shares : shares.mul(counts);
  return total === undefined ? weighted.mean() : weighted.sum().div(total.sum());
}

/** A column of weights, where each row has several losses, counts all of its row. */
function spread(weights: Tensor, { shape }: Tensor): Tensor {
  const isColumn =
    shape.length > 1 &&
    String(weights.shape) === String(shape.map((n, axis) => (axis === 0 ? n : 1)));
  return isColumn ? spreadTo(weights, shape) : weights;
}

function weightsFit(name: string, each: Tensor, weights: Tensor): void {
  if (String(weights.shape) !== String(each.shape))
    throw new ShapeError(
      `${name} needs one weight for each loss, but there are losses of shape [${each.shape}] and weights of shape [${weights.shape}].\nHint: a column [samples, 1] counts whole rows; a single factor can be multiplied on afterwards.`,
    );
  const wrong = weights.data.findIndex((w) => !(w >= 0 && w < Infinity));
  if (wrong >= 0)
    throw new RangeError(
      `${name} needs weights of at least 0, but ${place("weights", wrong, weights)} is ${weights.data[wrong]}.\nHint: a weight says how often its sample counts.`,
    );
  if (weights.data.some((w) => w > 0)) return;
  throw new RangeError(
    `${name} needs one weight above 0, but all are 0.\nHint: with no sample left there is no mean.`,
  );
}
