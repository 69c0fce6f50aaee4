import { type Tensor, tensor } from "../engine/index.ts";
import {
  describe,
  flattened,
  isFloatArray,
  isNumeric,
  isRecord,
  isTensor,
  shapeOf,
  sizeOf,
} from "./numbers.ts";

/**
 * What a function may be checked in: a number, (nested) arrays of numbers, a typed array, a tensor,
 * or a record or list of these.
 */
export type ParameterTree =
  | number
  | Float64Array
  | Float32Array
  | Tensor
  | readonly ParameterTree[]
  | { readonly [name: string]: ParameterTree };

/** One block of parameters that has a name, such as `w`, `b` or `layers[0].w`. */
export interface ParameterGroup {
  /** The path to the group in the caller's words; `""` when the parameters are one block. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Where its numbers start in the flat list of all parameters. */
  readonly offset: number;
  readonly size: number;
  /** Its numbers are rounded to 24 bits, so steps must be taken in that grid. */
  readonly single: boolean;
}

/** Parameters taken apart into one flat list, and the way back. */
export interface ParameterLayout {
  readonly groups: readonly ParameterGroup[];
  readonly values: Float64Array;
  /** Makes fresh parameters of the original structure from a flat list. */
  rebuild(values: ArrayLike<number>): ParameterTree;
  /** The same with a tensor for each group, as functions written for the engine expect. */
  tensors(values: ArrayLike<number>): ParameterTree;
}

/** Takes parameters apart into named groups and one flat list of numbers. */
export function layoutOf(parameters: ParameterTree): ParameterLayout {
  const blocks = blocksOf(parameters, "");
  let offset = 0;
  const groups = blocks.map(({ name, shape, single }) => {
    const group = { name, shape, offset, size: sizeOf(shape), single };
    offset += group.size;
    return group;
  });
  const values = Float64Array.from(blocks.flatMap(({ numbers }) => numbers));
  return {
    groups,
    values,
    rebuild: (values) => rebuilt(parameters, reader(values), asGiven),
    tensors: (values) => rebuilt(parameters, reader(values), asTensor),
  };
}

/** How one number of a group is called: `w[2]`, `W[0][1]`, or the group's own name for a scalar. */
export function entryName({ name, shape }: ParameterGroup, index: number): string {
  const indices: number[] = [];
  let rest = index;
  for (const length of shape.toReversed()) {
    indices.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return (
    (name || (shape.length ? "parameter " : "the parameter")) +
    indices.map((i) => `[${i}]`).join("")
  );
}

interface Block {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
  readonly single: boolean;
}

function blocksOf(tree: ParameterTree, name: string): readonly Block[] {
  if (isBlock(tree)) {
    const single = tree instanceof Float32Array || (isTensor(tree) && tree.dtype === "float32");
    return [{ name, shape: shapeOf(tree, name), numbers: flattened(tree), single }];
  }
  if (Array.isArray(tree)) return tree.flatMap((item, i) => blocksOf(item, `${name}[${i}]`));
  if (!isRecord(tree)) throw notParameters(tree, name);
  const prefix = name && `${name}.`;
  return Object.entries(tree).flatMap(([key, item]) => blocksOf(item, prefix + key));
}

const isBlock = (tree: unknown) =>
  typeof tree === "number" ||
  isFloatArray(tree) ||
  isTensor(tree) ||
  (Array.isArray(tree) && isNumeric(tree));

type Take = (count: number) => number[];
type Make = (take: Take, like: ParameterTree) => ParameterTree;

function rebuilt(tree: ParameterTree, take: Take, make: Make): ParameterTree {
  if (isBlock(tree)) return make(take, tree);
  if (Array.isArray(tree)) return tree.map((item) => rebuilt(item, take, make));
  return Object.fromEntries(
    Object.entries(tree).map(([key, item]) => [key, rebuilt(item, take, make)]),
  );
}

const asGiven: Make = (take, like) => {
  if (typeof like === "number") return take(1)[0]!;
  if (like instanceof Float64Array) return Float64Array.from(take(like.length));
  if (like instanceof Float32Array) return Float32Array.from(take(like.length));
  if (isTensor(like)) return asTensor(take, like);
  return (like as readonly ParameterTree[]).map((item) => asGiven(take, item));
};

const asTensor: Make = (take, like) => {
  const shape = shapeOf(like, "");
  const single = like instanceof Float32Array || (isTensor(like) && like.dtype === "float32");
  // Flat numbers need no search for their shape.
  return tensor(Float64Array.from(take(sizeOf(shape))), {
    shape,
    dtype: single ? "float32" : "float64",
  });
};

function reader(values: ArrayLike<number>): Take {
  let next = 0;
  return (count) => {
    const taken = new Array<number>(count);
    for (let i = 0; i < count; i++) taken[i] = values[next++]!;
    return taken;
  };
}

function notParameters(tree: unknown, name: string): TypeError {
  return new TypeError(
    `Parameters are numbers, arrays of numbers, tensors, or records of these, but ${name || "what was given"} is ${describe(tree)}.\nHint: for example { w: [0.5, -1], b: 0 }.`,
  );
}
