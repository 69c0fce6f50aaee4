import { converted } from "./kernels/elementwise.ts";
import type { DType, Tensor } from "./Tensor.ts";
import { type Pullbacks, record } from "./tape.ts";

/** The same numbers in another precision; a gradient of the result comes back in that of x. */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : record(converted(x, dtype), [x], castBack);
}

const castBack: Pullbacks<readonly [Tensor]> = [(g, [x]) => cast(g, x.dtype)];
