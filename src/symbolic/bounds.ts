import type { Domain } from "./curvature.ts";
import { derivative } from "./derivative.ts";
import { type Expression, isNumber, namesIn, partsOf } from "./Expression.ts";
import { evaluate } from "./evaluate.ts";
import { add, everything, type Interval, multiply, negate, point } from "./interval.ts";
import { jetOf } from "./jet.ts";
import { simplified } from "./rewrite.ts";

type Point = Readonly<Record<string, number>>;

/**
 * How much the function surely lies above its chord between x and y; negative when that is not
 * certain. Every rounding is taken against the claim.
 */
export function gapAbove(
  e: Expression,
  { x, y, t }: { readonly x: Point; readonly y: Point; readonly t: number },
  constants: Domain,
): number {
  const valueAt = (at: Domain) => jetOf(e, "", everything, { ...constants, ...at }).value;
  const points = (p: Point): Domain =>
    Object.fromEntries(Object.entries(p).map(([name, value]) => [name, point(value)]));
  const rest = add(point(1), point(-t));
  const middle = Object.keys(x).map((name): [string, Interval] => [
    name,
    add(multiply(point(t), point(x[name]!)), multiply(rest, point(y[name]!))),
  ]);
  const chord = add(multiply(point(t), valueAt(points(x))), multiply(rest, valueAt(points(y))));
  return add(valueAt(Object.fromEntries(middle)), negate(chord)).lo;
}

/** Where logarithms and roots of straight lines are defined: `log(p)` needs p > 0. */
export function naturalDomain(e: Expression, variables: readonly string[], known: Domain): Domain {
  const limits = variables.flatMap((name) => {
    const limit = limitOf(e, name);
    return limit ? [[name, cut(known[name] ?? everything, limit)] as const] : [];
  });
  return Object.fromEntries(limits);
}

/** Where an expression is defined along one name, as far as its parts tell. */
function limitOf(e: Expression, name: string): Interval | undefined {
  if (e.kind === "pieces") return limitOfPieces(e, name);
  const inside = insideOf(e);
  const own = inside && half(inside, name);
  return partsOf(e)
    .map((part) => limitOf(part, name))
    .reduce(both, own);
}

/** A piece is asked only where it holds, so it takes all pieces together to limit a name. */
function limitOfPieces(
  { pieces, otherwise }: Extract<Expression, { kind: "pieces" }>,
  name: string,
): Interval | undefined {
  const values = [...pieces.map(({ value }) => value), otherwise];
  const ofValues = values.map((value) => limitOf(value, name)).reduce(either);
  const [first] = pieces;
  return first
    ? [first.where.left, first.where.right]
        .map((side) => limitOf(side, name))
        .reduce(both, ofValues)
    : ofValues;
}

type Limit = Interval | undefined;

const both = (a: Limit, b: Limit): Limit => (a && b ? cut(a, b) : (a ?? b));

const either = (a: Limit, b: Limit): Limit =>
  a && b && { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };

/** What must be positive for this part to have a value. */
function insideOf(part: Expression): Expression | undefined {
  if (part.kind === "call" && (part.name === "log" || part.name === "sqrt")) return part.argument;
  if (part.kind !== "power" || !isNumber(part.exponent) || Number.isInteger(part.exponent.value))
    return undefined;
  return part.base;
}

/** The half line on which a·name + b is positive. */
function half(e: Expression, name: string): Interval | undefined {
  if (namesIn(e).size !== 1 || !namesIn(e).has(name)) return undefined;
  const slope = simplified(derivative(e, name));
  if (!isNumber(slope) || slope.value === 0) return undefined;
  const root = -evaluate(e, { [name]: 0 }) / slope.value;
  return slope.value > 0 ? { lo: root, hi: Infinity } : { lo: -Infinity, hi: root };
}

const cut = (a: Interval, b: Interval): Interval => ({
  lo: Math.max(a.lo, b.lo),
  hi: Math.min(a.hi, b.hi),
});
