import { apply, type Condition, type Expression } from "./Expression.ts";

/** The value of an expression where each name has the given value; a missing name gives NaN. */
export function evaluate(e: Expression, at: Readonly<Record<string, number>>): number {
  switch (e.kind) {
    case "number":
      return e.value;
    case "name":
      return at[e.name] ?? Number.NaN;
    case "sum":
      return e.terms.reduce((total, term) => total + evaluate(term, at), 0);
    case "product":
      return e.factors.reduce((total, factor) => total * evaluate(factor, at), 1);
    case "power":
      return evaluate(e.base, at) ** evaluate(e.exponent, at);
    case "call":
      return apply(e.name, evaluate(e.argument, at));
    case "extreme":
      return Math[e.which](...e.of.map((item) => evaluate(item, at)));
    case "pieces": {
      const piece = e.pieces.find(({ where }) => holds(where, at));
      return evaluate(piece ? piece.value : e.otherwise, at);
    }
  }
}

/** Whether a comparison is true where each name has the given value. */
export function holds({ left, relation, right }: Condition, at: Readonly<Record<string, number>>) {
  const [a, b] = [evaluate(left, at), evaluate(right, at)];
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
