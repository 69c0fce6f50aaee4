import { grad, hvp } from "../../engine/index.ts";
import { minus } from "../causes/vectors.ts";
import { coordinatesAt } from "../coordinates.ts";
import { flattenedTree } from "../numbers.ts";
import { layoutOf, type ParameterLayout, type ParameterTree } from "../parameterLayout.ts";
import { type AnyFunction, calledOn, numberFrom } from "../subject.ts";

/** A function of parameters, seen as a function of one flat list of numbers. */
export interface Objective {
  readonly layout: ParameterLayout;
  readonly start: readonly number[];
  /** Its numbers are rounded to 24 bits. */
  readonly single: boolean;
  value(at: readonly number[]): number;
  gradient(at: readonly number[]): number[];
  /** H·v, by differences where the function computes with plain numbers. */
  hessianTimes(at: readonly number[], direction: readonly number[]): readonly number[];
  /** Whether slopes and curvature come from the engine. */
  readonly exact: boolean;
}

/**
 * Takes a function of parameters and data for what the search for chords needs: values everywhere,
 * and slopes and curvature from the engine where the function computes with tensors.
 */
export function objectiveOf(f: AnyFunction, parameters: unknown, batch: unknown): Objective {
  // What is not a tree of numbers is refused by layoutOf.
  const layout = layoutOf(parameters as ParameterTree);
  const called = calledOn(layout, f, batch);
  const value = (at: readonly number[]) => numberFrom(called(at, batch));
  const base = {
    layout,
    start: Array.from(layout.values),
    single: layout.groups.some(({ single }) => single),
    value,
  };
  return { ...base, ...(throughEngine(layout, f, batch) ?? bySlopes(layout, value)) };
}

type Slopes = Pick<Objective, "gradient" | "hessianTimes" | "exact">;

/** Exact slopes, if the function computes with tensors. */
function throughEngine(
  layout: ParameterLayout,
  f: AnyFunction,
  batch: unknown,
): Slopes | undefined {
  const [slope, curvature] = [grad(f as never), hvp(f as never)] as unknown as [
    (parameters: unknown, batch: unknown) => unknown,
    (parameters: unknown, direction: unknown, batch: unknown) => unknown,
  ];
  const gradient = (at: readonly number[]) => flattenedTree(slope(layout.tensors(at), batch));
  try {
    gradient(Array.from(layout.values));
  } catch {
    // A function of plain numbers: its slopes are measured instead.
    return undefined;
  }
  return {
    gradient,
    exact: true,
    hessianTimes: (at, direction) =>
      flattenedTree(curvature(layout.tensors(at), layout.tensors(direction), batch)),
  };
}

/** Slopes by differences, good enough to walk downhill and to see where it may curve down. */
function bySlopes(layout: ParameterLayout, value: Objective["value"]): Slopes {
  const gradient = (at: readonly number[]) => {
    const coordinate = coordinatesAt(layout.groups, at, (values) => value(Array.from(values)));
    return at.map((_, i) => {
      const { f, x, scale } = coordinate(i);
      const h = scale * 2 ** -17;
      return (f(x + h) - f(x - h)) / (2 * h);
    });
  };
  const hessianTimes = (at: readonly number[], direction: readonly number[]) => {
    const h = 2 ** -10;
    const moved = (side: number) => gradient(at.map((x, i) => x + side * h * direction[i]!));
    return minus(moved(1), moved(-1)).map((change) => change / (2 * h));
  };
  return { gradient, hessianTimes, exact: false };
}
