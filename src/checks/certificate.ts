import {
  type Domain,
  derivative,
  type Expression,
  evaluate,
  everything,
  jetOf,
  simplified,
} from "../symbolic/index.ts";
import { reach } from "./chord.ts";

/** A box on which a function is proved convex. */
export interface ConvexBox {
  readonly lo: number;
  readonly hi: number;
  readonly proof: readonly string[];
}

const mostBoxes = 4000;

/** Cuts fall beside the round numbers at which formulas have their kinks: a kink on a cut would hide. */
export const offCentre = 0.4872983346207417;

/** A number that the second derivative never falls below on the whole domain; 0 when none is found. */
export function leastCurvature(e: Expression, variable: string, domain: Domain): number {
  const least = jetOf(e, variable, domain[variable] ?? everything, domain).curvature.lo;
  return Number.isFinite(least) ? Math.max(0, least) : 0;
}

/**
 * Cuts a box into ever smaller ones until the second derivative is nowhere negative on each. At
 * kinks between pieces, where it does not exist, the function must join and its slope must rise.
 */
export function convexOn(e: Expression, variable: string, domain: Domain): ConvexBox | undefined {
  const box = reach(domain[variable] ?? everything, 20);
  const open: { lo: number; hi: number; depth: number }[] = [{ ...box, depth: 0 }];
  const seams: { lo: number; hi: number }[] = [];
  let boxes = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { lo, hi, depth } = next;
    if (++boxes > mostBoxes) return undefined;
    const { curvature } = jetOf(e, variable, { lo, hi }, domain);
    if (curvature.lo >= 0) continue;
    if (curvature.hi < 0) return undefined;
    const middle = lo + offCentre * (hi - lo);
    if (depth < 42 && middle > lo && middle < hi)
      open.push({ lo, hi: middle, depth: depth + 1 }, { lo: middle, hi, depth: depth + 1 });
    else if (seams.push({ lo, hi }) > 12) return undefined;
  }
  if (!seams.every((seam) => joinsUpwards(e, variable, seam, domain))) return undefined;
  const kinks = seams.length ? ` At ${seams.length} places it bends; there the slope rises.` : "";
  return {
    ...box,
    proof: [
      `Interval arithmetic on ${boxes} boxes: the second derivative is at least 0 on each.${kinks}`,
    ],
  };
}

/** Across a box too small to cut: the value joins and the slope does not fall. */
function joinsUpwards(
  e: Expression,
  variable: string,
  { lo, hi }: { lo: number; hi: number },
  domain: Domain,
): boolean {
  const slope = simplified(derivative(e, variable));
  const constants = Object.fromEntries(
    Object.entries(domain).map(([name, range]) => [name, (range.lo + range.hi) / 2]),
  );
  const width = Math.max(hi - lo, 1e-9 * Math.max(1, Math.abs(lo)));
  const [left, right] = [lo - width, hi + width].map((x) => ({ ...constants, [variable]: x }));
  const jump = Math.abs(evaluate(e, right!) - evaluate(e, left!));
  // The bounds of the value cover every piece that may hold here, at a single point even.
  const { value } = jetOf(e, variable, { lo, hi }, domain);
  const [before, after] = [evaluate(slope, left!), evaluate(slope, right!)];
  const steepest = Math.max(Math.abs(before), Math.abs(after));
  const joins = Math.max(jump, value.hi - value.lo) <= 8 * width * (1 + steepest);
  return joins && after >= before - 1e-6 * (1 + steepest);
}
