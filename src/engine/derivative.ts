import { add, mul } from "./arithmetic.ts";
import { changed, leafTensor } from "./parameters.ts";
import { sum } from "./reduce.ts";
import { Tensor, type TensorLike } from "./Tensor.ts";
import { begin, end, isNested, leaf } from "./tape.ts";
import { asTensor, filled } from "./values.ts";

/** A function of parameters, and of whatever else it needs. */
export type Differentiable = (parameters: never, ...rest: never[]) => TensorLike;

/**
 * Runs f on leaves that take the place of the parameters, and hands output and leaves to `use`.
 * The output and what `use` gives are made to last beyond the arena.
 */
export function derivative<Results extends readonly Tensor[]>(
  f: Differentiable,
  parameters: unknown,
  rest: readonly unknown[],
  use: (output: Tensor, leaves: readonly Tensor[]) => Results,
): { readonly output: Tensor; readonly results: Results } {
  const before = begin();
  try {
    const leaves: Tensor[] = [];
    const run = f as (parameters: unknown, ...rest: readonly unknown[]) => TensorLike;
    const output = outputOf(run(changed(parameters, leafFor, leaves), ...rest));
    const results = use(output, leaves);
    if (!isNested()) {
      output.keep();
      for (const result of results) result.keep();
    }
    return { output, results };
  } finally {
    end(before);
  }
}

function leafFor(given: TensorLike, leaves: Tensor[]): Tensor {
  const made = leaf(leafTensor(given));
  leaves.push(made);
  return made;
}

function outputOf(result: TensorLike): Tensor {
  if (result instanceof Promise) {
    throw new TypeError(
      "A derivative needs a function that returns at once, but this one returned a promise.\n" +
        "Hint: load data before, and pass it as a further argument.",
    );
  }
  if (result === undefined) {
    throw new TypeError(
      "A derivative needs a function that returns a number, but this one returned nothing.\n" +
        "Hint: with braces a function needs the word return: (x) => { return x.square(); }.",
    );
  }
  return result instanceof Tensor ? result : asTensor(result);
}

/**
 * What the way back begins with where there is one output: the output grows by 1 when it grows by 1.
 *
 * @throws TypeError when a function gave more than one number, since its gradient would be ambiguous
 */
export function seedOf(operation: string, output: Tensor): Tensor {
  if (output.shape.length === 0) return asTensor(1, output.dtype);
  if (output.size === 1) return filled(1, output.shape, output.dtype);
  throw new TypeError(
    `${operation} needs a function with one output, but this one returned shape [${output.shape}].\n` +
      `Hint: reduce first, for example loss(prediction, target).sum().`,
  );
}

/** Σ of the products of corresponding entries. */
export function innerProduct(left: readonly Tensor[], right: readonly Tensor[]): Tensor {
  return left.map((each, i) => sum(mul(each, right[i]!))).reduce(add);
}
