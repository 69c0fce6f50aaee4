import {
  type FlatPart,
  flatten,
  type Given,
  hvp,
  type Tensor,
  type TensorLike,
} from "../engine/index.ts";
import { knownOptions } from "../options.ts";
import { eigenvalues } from "./eigenvalues.ts";
import { type Ends, lanczos, type Product } from "./lanczos.ts";
import { stableRate } from "./stableRate.ts";

export interface CurvatureOptions {
  /** Up to so many parameters the Hessian is written down whole, and all eigenvalues are given. Default 40. */
  readonly exactUpTo?: number;
  /** Beyond that, how far an end of the spectrum may still move, relative to the largest. Default 1e-9. */
  readonly tolerance?: number;
  /** The most Hessian products that may be spent. Default 200. */
  readonly products?: number;
}

/** How a function bends at one point: plain numbers. */
export interface Curvature {
  /** λmin; negative where some direction bends downwards, so the function is not convex there. */
  readonly smallest: number;
  /** λmax. */
  readonly largest: number;
  /** λmax/λmin; Infinity in a flat or downward direction. Descent needs about so many steps a digit. */
  readonly condition: number;
  /** 2/λmax: above it gradient descent overshoots further with every step. */
  readonly stableRate: number;
  /** All eigenvalues, smallest first, where there are few parameters. */
  readonly eigenvalues?: readonly number[];
  /** Whether both ends are found as exactly as was asked for. */
  readonly settled: boolean;
}

/**
 * Turns a function with one output into the function that tells how it bends: the smallest and largest
 * eigenvalue of its Hessian, by exact Hessian products (Lanczos where there are many parameters).
 * For a model, a loss and data: `curvature((p) => loss(model(p, x), y))(parameters)`.
 *
 * @throws RangeError when a Hessian product is not finite
 *
 * @example
 * const cost = (p) => mse()(p.w.mul([1, 2, 3, 4]).add(p.b), [2, 4, 6, 8]);
 * curvature(cost)({ w: 0, b: 0 }).eigenvalues   // → [0.299390266572, 16.700609733428]
 * curvature(cost)({ w: 0, b: 0 }).stableRate    // → 0.119756106629
 */
export function curvature<Rest extends readonly unknown[]>(
  f: (x: Tensor, ...rest: Rest) => TensorLike,
  options?: CurvatureOptions,
): <Q extends Given<Tensor>>(x: Q, ...rest: Rest) => Curvature;
export function curvature<P, Rest extends readonly unknown[]>(
  f: (parameters: P, ...rest: Rest) => TensorLike,
  options?: CurvatureOptions,
): <Q extends Given<P>>(parameters: Q, ...rest: Rest) => Curvature;
export function curvature(
  f: (x: Tensor, ...rest: never[]) => TensorLike,
  options: CurvatureOptions = {},
): unknown {
  const { exactUpTo = 40, tolerance = 1e-9, products = 200 } = options;
  knownOptions("curvature", options, ["exactUpTo", "tolerance", "products"]);
  // Of the structure of the parameters, which f knows, only one tensor is spoken of here.
  return (parameters: Tensor, ...rest: never[]): Curvature => {
    const { values, parts, tensors, collect } = flatten(parameters);
    const along = hvp(f);
    const product: Product = (direction) => {
      const bent = along(tensors(values), tensors(direction), ...rest);
      return finite(collect(bent, new Float64Array(values.length)), parts);
    };
    if (values.length > exactUpTo)
      return summary(lanczos(product, values.length, products, tolerance));
    const all = eigenvalues(hessianFrom(product, values.length));
    const ends = { smallest: all[0]!, largest: all.at(-1)!, settled: true };
    return { ...summary(ends), eigenvalues: all };
  };
}

function summary({
  smallest,
  largest,
  settled,
}: Pick<Ends, "smallest" | "largest" | "settled">): Curvature {
  // An end below rounding of the other is flat: duplicate columns leave some 1e-17 of it.
  const flat = 1e-13 * Math.max(Math.abs(largest), Math.abs(smallest));
  const condition = smallest > flat ? largest / smallest : Infinity;
  return { smallest, largest, condition, stableRate: stableRate(largest), settled };
}

/** The Hessian, column by column, made symmetric to the last bit. */
function hessianFrom(product: Product, length: number): number[][] {
  const columns = Array.from({ length }, (_, i) =>
    product(Float64Array.from({ length }, (_, j) => Number(i === j))),
  );
  return columns.map((column, i) => columns.map((other, j) => (column[j]! + other[i]!) / 2));
}

function finite(product: Float64Array, parts: readonly FlatPart[]): Float64Array {
  const wrong = product.findIndex((entry) => !Number.isFinite(entry));
  if (wrong < 0) return product;
  const part = parts.find(({ end }) => wrong < end)!;
  throw new RangeError(
    `The curvature needs a finite Hessian, but ${part.name || "the parameters"} bends by ${product[wrong]} at entry ${wrong - part.start}.\nHint: look at the function and its gradient there; data or parameters may be too large.`,
  );
}
