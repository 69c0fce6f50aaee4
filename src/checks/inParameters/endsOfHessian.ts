import { type Ends, lanczos } from "../../curvature/index.ts";
import type { Objective } from "./Objective.ts";

/** The least and the largest curvature of a function at a point, from at most so many Hessian products. */
export const endsOfHessian = (
  objective: Objective,
  point: readonly number[],
  products: number,
): Ends =>
  lanczos(
    (direction) => Float64Array.from(objective.hessianTimes(point, Array.from(direction))),
    point.length,
    products,
    // No early end: it might have missed a direction, and a proof rests on it.
    -1,
  );
