import { Tensor, type TensorLike, type Values } from "./Tensor.ts";
import { standForNumber, stoodForNumber } from "./trace.ts";
import { asTensor } from "./values.ts";

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

/** All numbers and tensors of a structure, in order. */
export function leavesOf(parameters: unknown, path = "parameters"): Tensor[] {
  if (parameters instanceof Tensor) return [parameters];
  if (typeof parameters === "number" || ArrayBuffer.isView(parameters))
    return [asTensor(parameters as TensorLike)];
  if (typeof parameters === "object" && parameters !== null) {
    return Object.entries(parameters).flatMap(([name, part]) => leavesOf(part, `${path}.${name}`));
  }
  throw new TypeError(
    `A derivative is taken by numbers and tensors, but ${path} is ${String(parameters)}.\n` +
      `Hint: pass what is not a parameter as a further argument.`,
  );
}

/** The same structure with other leaves, taken in order. */
export function rebuilt(parameters: unknown, leaves: Iterator<unknown>): unknown {
  if (
    parameters instanceof Tensor ||
    typeof parameters === "number" ||
    ArrayBuffer.isView(parameters)
  )
    return leaves.next().value;
  if (Array.isArray(parameters)) return parameters.map((part) => rebuilt(part, leaves));
  return Object.fromEntries(
    Object.entries(parameters as object).map(([name, part]) => [name, rebuilt(part, leaves)]),
  );
}

/** Tensors in the structure of the parameters, a plain number where a plain number was. */
export function likeParameters(parameters: unknown, gradients: readonly Tensor[]): unknown {
  if (parameters instanceof Tensor) {
    return stoodForNumber(parameters) ? standForNumber(gradients[0]!) : gradients[0];
  }
  const finish = finishers(parameters);
  return rebuilt(parameters, gradients.map((g, i) => finish[i]!(g)).values());
}

/** What becomes of the gradient of each leaf: a number for a number, itself for a tensor. */
function finishers(parameters: unknown): ((gradient: Tensor) => Tensor | number)[] {
  if (typeof parameters === "number") return [(g) => g.item()];
  if (parameters instanceof Tensor) return [stoodForNumber(parameters) ? standForNumber : (g) => g];
  if (ArrayBuffer.isView(parameters)) return [(g) => g];
  return Object.values(parameters as object).flatMap(finishers);
}
