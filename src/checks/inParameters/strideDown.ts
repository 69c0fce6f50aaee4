import type { Objective } from "./Objective.ts";

/**
 * Walks downhill for some steps, each as long as still lowers the function. Low on a landscape that
 * is not convex, the middle between two equal points is a hill.
 */
export function strideDown(objective: Objective, steps: number): readonly number[] {
  let at = objective.start;
  let value = objective.value(at);
  let rate = 1;
  for (let step = 0; step < steps; step++) {
    const slope = objective.gradient(at);
    rate *= 2;
    let [next, lower] = [at, value];
    for (let tries = 0; tries < 40 && !(lower < value); tries++) {
      rate /= 2;
      next = at.map((x, i) => x - rate * slope[i]!);
      lower = objective.value(next);
    }
    if (!(lower < value)) return at;
    [at, value] = [next, lower];
    rate *= 2;
  }
  return at;
}
