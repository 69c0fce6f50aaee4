import { probing } from "../engine/index.ts";
import { type FlatFunction, nearby } from "./coordinates.ts";
import type { ParameterLayout } from "./parameterLayout.ts";
import { type AnyFunction, calledOn, formFor, numberFrom } from "./subject.ts";

/**
 * Hands f to `use` as a function of one flat list, which is NaN where f throws. What the engine can repeat
 * by itself is watched once and then measured without running f again.
 */
export function measuring<Result>(
  layout: ParameterLayout,
  f: AnyFunction,
  batch: unknown,
  use: (f: FlatFunction) => Result,
): Result {
  const called = calledOn(layout, f, batch);
  const itself: FlatFunction = (values) => {
    try {
      return numberFrom(called(values, batch));
    } catch {
      // A step may leave the domain of f, where it throws: it has no value there.
      return Number.NaN;
    }
  };
  const parameters = formFor(layout, f, batch)(layout.values);
  const points = [layout.values, ...nearby(layout)];
  const result = probing(
    (p) => f(p as never, batch as never),
    parameters,
    (probe) =>
      // A function may have decided something that shows in none of its numbers, such as their type.
      points.every((point) => Object.is(probe(point), itself(point)))
        ? { of: use(probe) }
        : undefined,
  );
  return result === undefined ? use(itself) : result.of;
}
