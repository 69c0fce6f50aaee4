import { apply, type Condition, type Expression } from "./Expression.ts";

/** The components of each row that a formula speaks of. */
export type Rows = Readonly<Record<string, readonly number[]>>;

/**
 * The value of an expression where each name has the given value; a missing name gives NaN. Sums
 * over components need the rows; outside of sums a row's name means the component in `at`.
 */
export function evaluate(
  e: Expression,
  at: Readonly<Record<string, number>>,
  rows: Rows = {},
): number {
  const of = (part: Expression) => evaluate(part, at, rows);
  switch (e.kind) {
    case "number":
      return e.value;
    case "name":
      return at[e.name] ?? Number.NaN;
    case "sum":
      return e.terms.reduce((total, term) => total + of(term), 0);
    case "product":
      return e.factors.reduce((total, factor) => total * of(factor), 1);
    case "power":
      return of(e.base) ** of(e.exponent);
    case "call":
      return apply(e.name, of(e.argument));
    case "total":
      return totalOf(e.of, at, rows);
    case "extreme":
      return Math[e.which](...e.of.map(of));
    case "pieces": {
      const piece = e.pieces.find(({ where }) => holds(where, at, rows));
      return of(piece ? piece.value : e.otherwise);
    }
  }
}

function totalOf(e: Expression, at: Readonly<Record<string, number>>, rows: Rows): number {
  const length = Object.values(rows)[0]?.length;
  if (length === undefined) return Number.NaN;
  const components = (k: number) =>
    Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[k]!]));
  const values = Array.from({ length }, (_, k) => evaluate(e, { ...at, ...components(k) }, rows));
  return values.reduce((sum, value) => sum + value, 0);
}

/** Whether a comparison is true where each name has the given value. */
export function holds(
  { left, relation, right }: Condition,
  at: Readonly<Record<string, number>>,
  rows: Rows = {},
): boolean {
  const [a, b] = [evaluate(left, at, rows), evaluate(right, at, rows)];
  const table = {
    "<": a < b,
    "<=": a <= b,
    ">": a > b,
    ">=": a >= b,
    "==": a === b,
    "!=": a !== b,
  };
  return table[relation];
}

/** The expression as a function of a list of numbers, one for each name in order: for many values. */
export function compiled(
  e: Expression,
  names: readonly string[],
): (at: readonly number[]) => number {
  const of = (part: Expression) => compiled(part, names);
  switch (e.kind) {
    case "number":
      return () => e.value;
    case "name": {
      const index = names.indexOf(e.name);
      return (at) => at[index] ?? Number.NaN;
    }
    case "sum":
      return folded(e.terms.map(of), (a, b) => a + b);
    case "product":
      return folded(e.factors.map(of), (a, b) => a * b);
    case "power": {
      const [base, exponent] = [of(e.base), of(e.exponent)];
      return (at) => base(at) ** exponent(at);
    }
    case "call": {
      const inside = of(e.argument);
      return (at) => apply(e.name, inside(at));
    }
    case "total":
      return () => Number.NaN;
    case "extreme":
      return folded(e.of.map(of), Math[e.which]);
    case "pieces": {
      const pieces = e.pieces.map(({ where, value }) => ({ where, value: of(value) }));
      const [otherwise, point] = [of(e.otherwise), pointOf(names)];
      return (at) => (pieces.find(({ where }) => holds(where, point(at)))?.value ?? otherwise)(at);
    }
  }
}

type Compiled = (at: readonly number[]) => number;

function folded(parts: readonly Compiled[], join: (a: number, b: number) => number): Compiled {
  return parts.reduce((a, b) => (at) => join(a(at), b(at)));
}

const pointOf = (names: readonly string[]) => (at: readonly number[]) =>
  Object.fromEntries(names.map((name, i) => [name, at[i]!]));
