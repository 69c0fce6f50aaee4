import { derivative } from "./derivative.ts";
import { countOf, difference, type Expression, isNumber, namesIn } from "./Expression.ts";
import { evaluate, holds } from "./evaluate.ts";
import type { Interval } from "./interval.ts";
import { simplified } from "./rewrite.ts";

/**
 * Where a formula goes from one piece to the next, if its conditions compare something straight, or
 * the absolute value of it, with a number; otherwise `undefined`.
 */
export function seamsOf(
  e: Expression & { kind: "pieces" },
  variable: string,
): readonly number[] | undefined {
  const all = e.pieces.map(({ where }) =>
    rootsOf(simplified(difference(where.left, where.right)), variable),
  );
  if (!all.every((roots) => roots !== undefined)) return undefined;
  return [...new Set(all.flat())].toSorted((a, b) => a - b);
}

function rootsOf(e: Expression, variable: string): readonly number[] | undefined {
  if ([...namesIn(e)].some((name) => name !== variable)) return undefined;
  if (!namesIn(e).has(variable)) return [];
  const straight = rootOfLine(e, variable);
  if (straight !== undefined) return [straight];
  const terms = e.kind === "sum" ? e.terms : [e];
  const sizes = terms.filter(
    (term) => countOf(term).of.kind === "call" && namesIn(term).has(variable),
  );
  const rest = terms.filter((term) => !sizes.includes(term));
  const [size] = sizes;
  if (!size || sizes.length > 1 || rest.some((term) => namesIn(term).has(variable)))
    return undefined;
  const { count, of } = countOf(size);
  if (of.kind !== "call" || of.name !== "abs") return undefined;
  const level = -rest.reduce((sum, term) => sum + evaluate(term, {}), 0) / count;
  if (level < 0) return [];
  const roots = [level, -level].map((value) =>
    rootOfLine(difference(of.argument, numberOf(value)), variable),
  );
  return roots.every((root) => root !== undefined) ? roots : undefined;
}

const numberOf = (value: number): Expression => ({ kind: "number", value });

/** The root of a straight line a·x + b. */
function rootOfLine(e: Expression, variable: string): number | undefined {
  const slope = simplified(derivative(e, variable));
  if (!isNumber(slope) || slope.value === 0) return undefined;
  return -evaluate(e, { [variable]: 0 }) / slope.value;
}

/** The piece that holds on a stretch between two seams. */
export function pieceOn(
  e: Expression & { kind: "pieces" },
  variable: string,
  { lo, hi }: Interval,
): Expression {
  const at = { [variable]: between(lo, hi) };
  return e.pieces.find(({ where }) => holds(where, at))?.value ?? e.otherwise;
}

function between(lo: number, hi: number): number {
  if (lo === -Infinity) return hi === Infinity ? 0 : hi - 1;
  return hi === Infinity ? lo + 1 : (lo + hi) / 2;
}

/** Whether two pieces meet without a gap, and how the slope changes there. */
export function turnAt(
  e: Expression,
  [left, right]: readonly [Expression, Expression],
  variable: string,
  seam: number,
): "none" | "up" | "down" | "gap" {
  const at = { [variable]: seam };
  const [before, here, after] = [left, e, right].map((part) => evaluate(part, at)) as [
    number,
    number,
    number,
  ];
  const rounding = 1e-12;
  // The condition may single out the seam itself, and give it a value of its own.
  const apart = Math.max(Math.abs(before - after), Math.abs(before - here));
  if (!(apart <= rounding * (1 + Math.abs(before)))) return "gap";
  const change = evaluate(
    simplified(difference(derivative(right, variable), derivative(left, variable))),
    at,
  );
  if (Math.abs(change) <= rounding * 1e3) return "none";
  return change > 0 ? "up" : change < 0 ? "down" : "gap";
}
