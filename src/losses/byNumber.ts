import { defineOperation, type Tensor, type TensorLike, type Values } from "../engine/index.ts";
import { addUp, type Columns, inBlocks } from "./columns.ts";

/** A slope of a function of tensors by one of them, in operations of the engine, from them and the result. */
type Slope = (...inputsAndResult: Tensor[]) => TensorLike;

type Operation = (...inputs: TensorLike[]) => Tensor;

/**
 * An operation on numbers one by one, with its slope by each argument in operations of the engine: for
 * formulas whose digits would be lost if they were put together from others.
 */
export function byNumber(
  name: string,
  formula: (...numbers: number[]) => number,
  slopes: readonly Slope[],
): Operation {
  const compute = (result: Values, [x, y, z]: readonly Values[]) => {
    for (let i = 0; i < result.length; i++) result[i] = formula(x![i]!, y?.[i] ?? 0, z?.[i] ?? 0);
  };
  return byColumns(name, compute, slopes);
}

/** The same for a formula that is computed for many numbers in one go. */
export function byColumns(
  name: string,
  compute: (result: Values, inputs: readonly Values[]) => void,
  slopes: readonly Slope[],
): Operation {
  return defineOperation<readonly Tensor[]>({
    name,
    compute: (result, inputs) => inBlocks(result, inputs, 1, compute),
    back: slopes.map((slope) => (g, inputs, result) => g.mul(slope(...inputs, result))),
  });
}

/**
 * The same for a sum whose terms may cancel: they are computed with some digits more than a double has, and
 * where too many of these cancel, the formula of one number says what the sum is.
 */
export function byTerms(
  name: string,
  terms: (...columns: Values[]) => readonly Columns[],
  formula: (...numbers: number[]) => number,
  slopes: readonly Slope[],
): Operation {
  const compute = (result: Values, inputs: readonly Values[]) =>
    addUp(result, terms(...inputs), (i) => formula(...inputs.map((each) => each[i]!)));
  return byColumns(name, compute, slopes);
}
