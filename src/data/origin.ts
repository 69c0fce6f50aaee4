import type { Tensor } from "../engine/index.ts";

/** Where a tensor of samples came from, as far as this room made it. */
interface Origin {
  /** The tensor that `split` took it from. */
  readonly splitFrom?: Tensor;
  /** Whether it is the part that was kept back. */
  readonly keptBack?: boolean;
  /** Whether a scaler made it from the very rows it had learned from. */
  readonly scaledByItself?: boolean;
}

/** Tensors never change, so what is known of one stays true; forgotten ones take their note along. */
const origins = new WeakMap<Tensor, Origin>();

/** Notes where a tensor came from, and gives the tensor. */
export function from(tensor: Tensor, origin: Origin): Tensor {
  origins.set(tensor, { ...origins.get(tensor), ...origin });
  return tensor;
}

export const originOf = (tensor: Tensor): Origin => origins.get(tensor) ?? {};
