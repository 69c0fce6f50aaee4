import type { Interval } from "./interval.ts";

/** What composition rules can tell about an expression. */
export interface Shape {
  readonly curvature: "constant" | "affine" | "convex" | "concave" | "unknown";
  /** No straight stretch: the chord lies strictly above (or below). */
  readonly strict: boolean;
  /** No second valley, or no second hill. */
  readonly quasiconvex: boolean;
  readonly quasiconcave: boolean;
  readonly range: Interval;
}

/** A shape from its curvature; what is convex is also quasiconvex. */
export function make(
  curvature: Shape["curvature"],
  strict: boolean,
  range: Interval,
  quasi: Partial<Shape> = {},
): Shape {
  const affine = curvature === "constant" || curvature === "affine";
  return {
    curvature,
    strict,
    range,
    quasiconvex: affine || curvature === "convex" || quasi.quasiconvex === true,
    quasiconcave: affine || curvature === "concave" || quasi.quasiconcave === true,
  };
}

export const isAffine = ({ curvature }: Shape) =>
  curvature === "constant" || curvature === "affine";
export const isConvex = (shape: Shape) => isAffine(shape) || shape.curvature === "convex";
export const isConcave = (shape: Shape) => isAffine(shape) || shape.curvature === "concave";
