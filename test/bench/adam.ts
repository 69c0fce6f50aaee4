import { compile, type Tensor, type TensorLike, valueAndGrad, zeros } from "../../src/index.ts";

type Tensors = readonly Tensor[];

/** Where a run of Adam stands: the parameters, and the two running means for each of them. */
interface State {
  readonly w: Tensors;
  readonly m: Tensors;
  readonly v: Tensors;
}

/** One step of Adam as a learner would write it. */
function adam({ w, m, v }: State, gradient: Tensors, rate: TensorLike, scale: TensorLike): State {
  const means = m.map((each, i) => each.mul(0.9).add(gradient[i]!.mul(0.1)));
  const squares = v.map((each, i) => each.mul(0.999).add(gradient[i]!.square().mul(0.001)));
  const moved = w.map((each, i) =>
    each.sub(means[i]!.mul(rate).div(squares[i]!.sqrt().mul(scale).add(1e-8))),
  );
  return { w: moved, m: means, v: squares };
}

/** Who takes the steps: each step repeated by `compile` as a whole, or the loss eagerly and only Adam compiled. */
export const ways = { compiled: "downhill", eager: "downhill eager" } as const;
export type Way = keyof typeof ways;

/**
 * Descends by Adam: give it the start, then a batch for each step; a step gives the value of the loss.
 * What is compiled is compiled once for all runs.
 */
export function descent<Batch extends readonly Tensor[]>(
  way: Way,
  loss: (w: Tensors, ...batch: Batch) => Tensor,
  learningRate: number,
): (start: Tensors) => (...batch: Batch) => number {
  // The types of valueAndGrad do not follow a generic list of further arguments.
  const slopes = valueAndGrad(loss) as unknown as Slopes<Batch>;
  const update = way === "eager" ? compile(adam, { reuse: true }) : adam;
  const eager = (state: State, rate: TensorLike, scale: TensorLike, ...batch: Batch) => {
    const { value, gradient } = slopes(state.w, ...batch);
    return { value, state: update(state, gradient, rate, scale) };
  };
  const step = way === "eager" ? eager : compile(eager, { reuse: true });
  return (start) => {
    const nothing = start.map(({ shape, dtype }) => zeros(shape, dtype));
    let state: State = { w: start, m: nothing, v: nothing };
    let t = 0;
    return (...batch) => {
      t++;
      const [rate, scale] = [learningRate / (1 - 0.9 ** t), 1 / Math.sqrt(1 - 0.999 ** t)];
      const made = step(state, rate, scale, ...batch);
      state = made.state;
      return made.value.item();
    };
  };
}

type Slopes<Batch extends readonly Tensor[]> = (
  w: Tensors,
  ...batch: Batch
) => { readonly value: Tensor; readonly gradient: Tensors };
