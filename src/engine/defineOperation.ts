import { converted } from "./kernels/elementwise.ts";
import { spread } from "./kernels/strided.ts";
import { heap } from "./memory/memory.ts";
import { bytesOf, Storage, type Values } from "./memory/Storage.ts";
import { broadcastShapes, type Shape, sizeOf } from "./shape.ts";
import { Tensor, type TensorLike } from "./Tensor.ts";
import { type Pullbacks, record } from "./tape.ts";
import { isWatching, note } from "./trace.ts";
import { asTensor } from "./values.ts";

/** What one writes down to make an operation. */
export interface OperationFacts<Inputs extends readonly Tensor[]> {
  readonly name: string;
  /** The shape of the result, from those of the inputs. Default: theirs, broadcast; then `compute` is given every number. */
  readonly shape?: (...shapes: readonly Shape[]) => Shape;
  /** Writes the numbers of the result, from those of the inputs. It depends on nothing else. */
  readonly compute: (result: Values, inputs: readonly Values[], shapes: readonly Shape[]) => void;
  /** How a gradient of the result flows back to each input, in operations of the engine. */
  readonly back: Pullbacks<Inputs>;
}

/**
 * Makes an operation that is computed in JavaScript, number by number, and differentiated as you say: for
 * functions whose digits would be lost if they were put together from others.
 * It is slower than what is put together from operations, and `compile` cannot join it with its neighbours.
 * As far as `back` is made of operations, derivatives of any order are right; `gradCheck` tells whether it is.
 *
 * @example
 * const cube = defineOperation({ name: "cube", compute: (y, [x]) => y.set(x.map((each) => each ** 3)), back: [(g, [x]) => g.mul(x.square()).mul(3)] })
 * cube([1, 2])                                    // → [1, 8]
 * grad((x) => cube(x).sum())(tensor([1, 2]))      // → [3, 12]
 */
export function defineOperation<Inputs extends readonly Tensor[]>({
  name,
  shape,
  compute,
  back,
}: OperationFacts<Inputs>): (...inputs: { [Each in keyof Inputs]: TensorLike }) => Tensor {
  return (...given) => {
    const inputs = given.map((each) => asTensor(each as TensorLike));
    const shapes = inputs.map((each) => each.shape);
    const of = shape?.(...shapes) ?? shapes.reduce((a, b) => broadcastShapes(name, a, b));
    const whole = shape ? alike(inputs) : alike(inputs).map((each) => spread(each, of));
    // As many inputs as pullbacks, by the type of what is given.
    return record(resultOf(name, of, whole, compute), inputs as unknown as Inputs, back);
  };
}

/** All of float32 if each of them is, else all of float64. */
function alike(inputs: readonly Tensor[]): readonly Tensor[] {
  const dtype = inputs.every((each) => each.dtype === "float32") ? "float32" : "float64";
  return inputs.map((each) => converted(each, dtype));
}

function resultOf(
  name: string,
  shape: Shape,
  inputs: readonly Tensor[],
  compute: OperationFacts<readonly Tensor[]>["compute"],
): Tensor {
  const { dtype } = inputs[0]!;
  const [sizes, shapes] = [inputs.map((each) => each.size), inputs.map((each) => each.shape)];
  const from = inputs.map(({ storage }) => storage.address);
  const out = Storage.empty(sizeOf(shape), dtype);
  const [size, bytes] = [out.size, bytesOf(dtype)];
  const numbers = (at: number, length: number) =>
    heap[dtype].subarray(at / bytes, at / bytes + length);
  const run = (to: number, addresses: readonly number[]) =>
    compute(
      numbers(to, size),
      addresses.map((at, i) => numbers(at, sizes[i]!)),
      shapes,
    );
  run(out.address, from);
  if (isWatching()) note({ inputs: inputs.map(({ storage }) => storage), output: out, run, name });
  return new Tensor(out.settle(), shape);
}
