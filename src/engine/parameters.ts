import { Tensor, type TensorLike, type Values } from "./Tensor.ts";
import { standForNumber, stoodForNumber } from "./trace.ts";
import { asTensor, filled } from "./values.ts";

/** What a derivative can be taken by: a number, a tensor, or arrays and records of them. */
export type Parameters =
  | number
  | Tensor
  | Values
  | readonly Parameters[]
  | { readonly [name: string]: Parameters };

/** What a function of parameters may be called with: a number also stands for a tensor `[]`. */
export type Given<P> = P extends Tensor
  ? Tensor | number | Values
  : P extends object
    ? { readonly [K in keyof P]: Given<P[K]> }
    : P;

/** The gradient has the structure of the parameters: a number for a number, a tensor for a tensor. */
export type GradientOf<P> = P extends number
  ? number
  : P extends Tensor | Values
    ? Tensor
    : { readonly [K in keyof P]: GradientOf<P[K]> };

type Structure = { readonly [name: string]: unknown };

/** Whether it is a number or a list of numbers that takes part as a whole. */
function isLeaf(part: unknown): part is TensorLike {
  return typeof part === "number" || part instanceof Tensor || ArrayBuffer.isView(part);
}

/** All numbers and tensors of a structure, in order. */
export function leavesOf(parameters: unknown, name = "parameters"): Tensor[] {
  const leaves: Tensor[] = [];
  const collect = (part: unknown): void => {
    if (isLeaf(part)) leaves.push(leafTensor(part));
    else if (!isStructure(part)) throw noLeaf(parameters, name);
    else for (const key of Object.keys(part)) collect(part[key]);
  };
  collect(parameters);
  return leaves;
}

/** Parameters are new numbers at each step: not worth remembering as those that stand in formulas are. */
export const leafTensor = (leaf: TensorLike): Tensor =>
  typeof leaf === "number" ? filled(leaf, []) : asTensor(leaf);

const isStructure = (part: unknown): part is Structure => typeof part === "object" && part !== null;

/** Only now are the names looked for that lead to what is no leaf, since every step walks through the parameters. */
function noLeaf(parameters: unknown, name: string): TypeError {
  const [path, part] = firstNoLeaf(parameters, name)!;
  return new TypeError(
    `A derivative is taken by numbers and tensors, but ${path} is ${String(part)}.\n` +
      `Hint: pass what is not a parameter as a further argument.`,
  );
}

function firstNoLeaf(part: unknown, path: string): readonly [string, unknown] | undefined {
  if (isLeaf(part)) return undefined;
  if (!isStructure(part)) return [path, part];
  for (const key of Object.keys(part)) {
    const found = firstNoLeaf(part[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The same structure with other leaves: `change` gets each old leaf in order, and what the caller counts by.
 * It is handed on instead of closed over, since every step walks through the parameters twice.
 */
export function changed<State>(
  part: unknown,
  change: (old: TensorLike, state: State) => unknown,
  state: State,
  whole = part,
): unknown {
  if (isLeaf(part)) return change(part, state);
  if (Array.isArray(part)) return part.map((inner) => changed(inner, change, state, whole));
  if (!isStructure(part)) throw noLeaf(whole, "parameters");
  // A copy keeps the shape of the record, which V8 knows already; to build one name by name would take twice as long.
  const copy: Record<string, unknown> = { ...part };
  for (const key in copy) copy[key] = changed(copy[key], change, state, whole);
  return copy;
}

/** Tensors that are handed out one after the other. */
interface Row {
  readonly tensors: readonly Tensor[];
  next: number;
}

const following = (_: TensorLike, row: Row): Tensor => row.tensors[row.next++]!;

/** The same structure with other leaves, taken in order. */
export function rebuilt(parameters: unknown, leaves: readonly Tensor[]): unknown {
  return changed(parameters, following, { tensors: leaves, next: 0 });
}

/** Tensors in the structure of the parameters, a plain number where a plain number was. */
export function likeParameters(parameters: unknown, gradients: readonly Tensor[]): unknown {
  return changed(parameters, likeLeaf, { tensors: gradients, next: 0 });
}

function likeLeaf(old: TensorLike, row: Row): unknown {
  const gradient = following(old, row);
  if (typeof old === "number") return gradient.item();
  return old instanceof Tensor && stoodForNumber(old) ? standForNumber(gradient) : gradient;
}
