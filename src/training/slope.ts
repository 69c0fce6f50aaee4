import { compile, type Flattened, type Tensor, valueAndGrad } from "../engine/index.ts";
import type { AnyCost } from "./objective.ts";
import type { Batch } from "./samples.ts";

/** The cost of parameters on a batch; its gradient is written into `gradient`. */
export type Slope = (
  values: Float64Array,
  batch: Batch,
  seed: number,
  gradient: Float64Array,
) => number;

/** What a cost gave, and its gradient in the structure of the parameters. */
type Both = (
  parameters: Tensor,
  x: Tensor | undefined,
  y: Tensor | undefined,
  seed: number,
  weights: Tensor | undefined,
) => { readonly value: Tensor; readonly gradient: Tensor };

/** The slope of a cost that runs as it is in every step. */
export function plainSlope(cost: AnyCost, flat: Flattened<Tensor>): Slope {
  const both: Both = valueAndGrad(cost);
  return (values, { x, y, weights }, seed, gradient) => {
    const found = both(flat.tensors(values), x, y, seed, weights);
    flat.collect(found.gradient, gradient);
    return found.value.item();
  };
}

/**
 * The same numbers, but the cost runs only once for each shape of batch, and from then on its kernels are
 * repeated alone (see `compile`). It may turn out that this cannot be; then `obstacle` says why.
 */
export function compiledSlope(
  cost: AnyCost,
  flat: Flattened<Tensor>,
): { readonly slope: Slope; readonly obstacle: () => string | undefined } {
  const both: Both = valueAndGrad(cost);
  const plain = plainSlope(cost, flat);
  const onSome = compile(both, { reuse: true });
  // What is the same in every step is a constant to the compiler.
  const onAll = ({ x, y, weights }: Batch) =>
    compile((p: Tensor, seed: number) => both(p, x, y, seed, weights), { reuse: true });
  let all: ReturnType<typeof onAll> | undefined;
  const obstacle = () => (all ?? onSome).obstacle;
  let isRepeated = false;
  const slope: Slope = (values, batch, seed, gradient) => {
    if (batch.isAll) all ??= onAll(batch);
    const { x, y, weights, isAll } = batch;
    const run = (p: Tensor) => (isAll ? all!(p, seed) : onSome(p, x, y, seed, weights));
    // A cost that runs as it is may keep its parameters.
    const found = isRepeated ? flat.lend(values, run) : run(flat.tensors(values));
    isRepeated = obstacle() === undefined;
    const value = found.value.item();
    // Run by itself, the loss names what made it NaN.
    if (Number.isNaN(value)) return plain(values, batch, seed, gradient);
    flat.collect(found.gradient, gradient);
    return value;
  };
  return { slope, obstacle };
}
