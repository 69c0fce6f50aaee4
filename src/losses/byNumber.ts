import { defineOperation, type Tensor, type TensorLike } from "../engine/index.ts";

/** A slope of a function of tensors by one of them, in operations of the engine, from them and the result. */
type Slope = (...inputsAndResult: Tensor[]) => TensorLike;

/**
 * An operation on numbers one by one, with its slope by each argument in operations of the engine: for
 * formulas whose digits would be lost if they were put together from others.
 */
export function byNumber(
  name: string,
  formula: (...numbers: number[]) => number,
  slopes: readonly Slope[],
): (...inputs: TensorLike[]) => Tensor {
  return defineOperation<readonly Tensor[]>({
    name,
    compute: (result, [x, y, z]) => {
      for (let i = 0; i < result.length; i++) result[i] = formula(x![i]!, y?.[i] ?? 0, z?.[i] ?? 0);
    },
    back: slopes.map((slope) => (g, inputs, result) => g.mul(slope(...inputs, result))),
  });
}
