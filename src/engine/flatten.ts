import { holding } from "./memory/arena.ts";
import { Storage } from "./memory/Storage.ts";
import { leavesOf, type Parameters, rebuilt } from "./parameters.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { type DType, Tensor } from "./Tensor.ts";
import { filled, listed } from "./values.ts";

/** One number or tensor of a structure of parameters, and where it stands in the flat list. */
export interface FlatPart {
  /** The way to it, such as `w` or `layers.0.weight`; empty if the parameters are one tensor. */
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Its numbers are values[start] up to but without values[end]. */
  readonly start: number;
  readonly end: number;
}

/** Parameters as one flat list, and the way back. */
export interface Flattened<P> {
  readonly values: Float64Array;
  readonly parts: readonly FlatPart[];
  /** The structure of tensors that holds these values. */
  tensors(values: ArrayLike<number>): TensorsOf<P>;
  /**
   * Hands such tensors to `use`, copied straight to where kernels find them. They are gone when it is over, so
   * steps of a training loop make no garbage.
   */
  lend<Result>(values: Float64Array, use: (tensors: TensorsOf<P>) => Result): Result;
  /** The same, with plain numbers where plain numbers were: what the caller put in. */
  restore(values: ArrayLike<number>): RestoredOf<P>;
  /** Writes the numbers of another such structure, a gradient for example, into a list. */
  collect(structure: TensorsOf<P>, into: Float64Array): Float64Array;
}

/**
 * A tensor for every number and tensor: what a function of parameters is called with.
 * Of parameters whose structure is not known nothing can be said, so no function can be called with them.
 */
export type TensorsOf<P> = [Parameters] extends [P] ? never : TensorsIn<P>;

type TensorsIn<P> = P extends number | Tensor | Float64Array | Float32Array
  ? Tensor
  : { readonly [K in keyof P]: TensorsIn<P[K]> };

/** A number for a number, a tensor for a tensor. */
export type RestoredOf<P> = [Parameters] extends [P] ? unknown : RestoredIn<P>;

type RestoredIn<P> = P extends number
  ? number
  : P extends Tensor | Float64Array | Float32Array
    ? Tensor
    : { readonly [K in keyof P]: RestoredIn<P[K]> };

/**
 * Lays parameters out as one list of numbers, as optimizers take them, and remembers the structure.
 * JAX calls it `ravel_pytree`.
 *
 * @example
 * flatten({ w: tensor([1, 2]), b: 3 }).values                      // → [1, 2, 3]
 * flatten({ w: tensor([1, 2]), b: 3 }).restore([4, 5, 6])          // → { w: [4, 5], b: 6 }
 * flatten({ w: tensor([1, 2]), b: 3 }).parts.map((part) => part.name)   // → ["w", "b"]
 */
export function flatten<P>(parameters: P): Flattened<P> {
  const leaves = leavesOf(parameters);
  const names = namesOf(parameters);
  let end = 0;
  const parts = leaves.map(({ shape, dtype }, i): FlatPart => {
    const start = end;
    end += sizeOf(shape);
    return { name: names[i]!, shape, dtype, start, end };
  });
  const collect = (structure: unknown, into: Float64Array) => {
    leavesOf(structure).forEach((leaf, i) => {
      leaf.copyTo(into, parts[i]!.start);
    });
    return into;
  };
  const values = collect(parameters, new Float64Array(end));
  const tensors = (flat: ArrayLike<number>) => rebuilt(parameters, tensorsFrom(parts, flat));
  // Both are the structure of the parameters with other leaves, which no type can follow.
  return {
    values,
    parts,
    tensors: (flat) => tensors(flat) as TensorsOf<P>,
    lend: (flat, use) =>
      holding(() => use(rebuilt(parameters, lentFrom(parts, flat)) as TensorsOf<P>)),
    restore: (flat) => withNumbers(parameters, tensors(flat)) as RestoredOf<P>,
    collect,
  };
}

function tensorsFrom(parts: readonly FlatPart[], flat: ArrayLike<number>): Tensor[] {
  const values = flat instanceof Float64Array ? flat : Float64Array.from(flat);
  return parts.map(({ shape, dtype, start, end }) =>
    listed(values.subarray(start, end), shape, dtype),
  );
}

function lentFrom(parts: readonly FlatPart[], values: Float64Array): Tensor[] {
  return parts.map(({ shape, dtype, start, end }) =>
    end - start === 1
      ? filled(values[start]!, shape, dtype)
      : new Tensor(Storage.lent(values.subarray(start, end), dtype), shape),
  );
}

const isLeaf = (part: unknown): boolean =>
  typeof part === "number" || part instanceof Tensor || ArrayBuffer.isView(part);

/** The names of all leaves, in the order of `leavesOf`. */
function namesOf(part: unknown, path: readonly string[] = []): string[] {
  if (isLeaf(part)) return [path.join(".")];
  return Object.entries(part as object).flatMap(([key, inner]) => namesOf(inner, [...path, key]));
}

/** A structure of tensors with plain numbers where another structure has plain numbers. */
function withNumbers(like: unknown, part: unknown): unknown {
  if (typeof like === "number") return (part as Tensor).item();
  if (isLeaf(like)) return part;
  const inner = part as Record<string, unknown>;
  if (Array.isArray(like)) return like.map((each, i) => withNumbers(each, inner[i]));
  const entries = Object.entries(like as object);
  return Object.fromEntries(entries.map(([key, each]) => [key, withNumbers(each, inner[key])]));
}
