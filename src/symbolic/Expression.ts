/** Functions of one number that formulas may use. */
export const functionNames = [
  "exp",
  "log",
  "abs",
  "sign",
  "sqrt",
  "sin",
  "cos",
  "sinh",
  "cosh",
  "tanh",
  "sigmoid",
  "softplus",
  "logcosh",
] as const;

export type FunctionName = (typeof functionNames)[number];

export type Relation = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** A comparison that decides which piece of a formula holds. */
export interface Condition {
  readonly left: Expression;
  readonly relation: Relation;
  readonly right: Expression;
}

/** One case of a formula in pieces. */
export interface Piece {
  readonly where: Condition;
  readonly value: Expression;
}

/** A formula as a tree: plain data, always flattened and with its constants folded. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "sum"; readonly terms: readonly Expression[] }
  | { readonly kind: "product"; readonly factors: readonly Expression[] }
  | { readonly kind: "power"; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: "call"; readonly name: FunctionName; readonly argument: Expression }
  /** A sum over the components of a row; inside it a row's name means its k-th component. */
  | { readonly kind: "total"; readonly of: Expression }
  | { readonly kind: "extreme"; readonly which: "max" | "min"; readonly of: readonly Expression[] }
  | { readonly kind: "pieces"; readonly pieces: readonly Piece[]; readonly otherwise: Expression };

export const number = (value: number): Expression => ({ kind: "number", value });
export const name = (name: string): Expression => ({ kind: "name", name });

export const zero = number(0);
export const one = number(1);

export const isNumber = (e: Expression, value?: number): e is Expression & { kind: "number" } =>
  e.kind === "number" && (value === undefined || e.value === value);

/** A text that is equal exactly for equal expressions. */
export function keyOf(e: Expression): string {
  const known = keys.get(e);
  if (known !== undefined) return known;
  const key = makeKey(e);
  keys.set(e, key);
  return key;
}

const keys = new WeakMap<Expression, string>();

function makeKey(e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "name":
      return e.name;
    case "sum":
      return `(${e.terms.map(keyOf).toSorted().join("+")})`;
    case "product":
      return `(${e.factors.map(keyOf).toSorted().join("*")})`;
    case "power":
      return `(${keyOf(e.base)}^${keyOf(e.exponent)})`;
    case "call":
      return `${e.name}(${keyOf(e.argument)})`;
    case "total":
      return `Σ(${keyOf(e.of)})`;
    case "extreme":
      return `${e.which}(${e.of.map(keyOf).toSorted().join()})`;
    case "pieces": {
      const pieces = e.pieces.map(({ where, value }) => `${conditionKey(where)}?${keyOf(value)}`);
      return `{${[...pieces, keyOf(e.otherwise)].join(":")}}`;
    }
  }
}

const conditionKey = ({ left, relation, right }: Condition) =>
  `${keyOf(left)}${relation}${keyOf(right)}`;

export const same = (a: Expression, b: Expression) => a === b || keyOf(a) === keyOf(b);

/** a + b + …, flattened, with numbers added up and equal terms collected. */
export function sum(...terms: readonly Expression[]): Expression {
  const flat = terms.flatMap((term) => (term.kind === "sum" ? term.terms : [term]));
  const collected = new Map<string, { of: Expression; count: number }>();
  let constant = 0;
  for (const term of flat) {
    if (isNumber(term)) {
      constant += term.value;
      continue;
    }
    const { count, of } = countOf(term);
    const before = collected.get(keyOf(of));
    collected.set(keyOf(of), { of, count: count + (before?.count ?? 0) });
  }
  const rest = [...collected.values()]
    .filter(({ count }) => count !== 0)
    .map(({ of, count }) => product(number(count), of));
  if (constant !== 0) rest.push(number(constant));
  if (rest.length === 0) return zero;
  return rest.length === 1 ? rest[0]! : { kind: "sum", terms: rest };
}

/** A term as a number times the rest. */
export function countOf(term: Expression): { count: number; of: Expression } {
  if (term.kind !== "product") return { count: 1, of: term };
  const [first, ...others] = term.factors;
  if (!first || !isNumber(first)) return { count: 1, of: term };
  return {
    count: first.value,
    of: others.length === 1 ? others[0]! : { kind: "product", factors: others },
  };
}

/** a · b · …, flattened, with the number in front and equal bases collected. */
export function product(...factors: readonly Expression[]): Expression {
  const flat = factors.flatMap((factor) => (factor.kind === "product" ? factor.factors : [factor]));
  const powers = new Map<string, { base: Expression; exponents: Expression[] }>();
  let constant = 1;
  for (const factor of flat) {
    if (isNumber(factor)) {
      constant *= factor.value;
      continue;
    }
    const [base, exponent] =
      factor.kind === "power" ? [factor.base, factor.exponent] : [factor, one];
    const entry = powers.get(keyOf(base)) ?? { base, exponents: [] };
    entry.exponents.push(exponent);
    powers.set(keyOf(base), entry);
  }
  if (constant === 0) return zero;
  const rest = [...powers.values()]
    .map(({ base, exponents }) => power(base, sum(...exponents)))
    .filter((factor) => !isNumber(factor, 1));
  const [only] = rest;
  if (!only) return number(constant);
  if (constant === 1) return rest.length === 1 ? only : { kind: "product", factors: rest };
  // A number times one sum is multiplied out: 2·(r + 1) and 2·r + 2 are then one expression.
  if (rest.length === 1 && only.kind === "sum")
    return sum(...only.terms.map((term) => product(number(constant), term)));
  return { kind: "product", factors: [number(constant), ...rest] };
}

export function power(base: Expression, exponent: Expression): Expression {
  if (isNumber(exponent, 0)) return one;
  if (isNumber(exponent, 1)) return base;
  if (isNumber(base, Math.E)) return call("exp", exponent);
  if (isNumber(base) && isNumber(exponent)) {
    const value = base.value ** exponent.value;
    if (Number.isFinite(value)) return number(value);
  }
  const whole = isNumber(exponent) && Number.isInteger(exponent.value);
  if (
    whole &&
    base.kind === "power" &&
    isNumber(base.exponent) &&
    Number.isInteger(base.exponent.value)
  )
    return power(base.base, number(base.exponent.value * exponent.value));
  if (whole && base.kind === "product")
    return product(...base.factors.map((factor) => power(factor, exponent)));
  return { kind: "power", base, exponent };
}

export const negative = (e: Expression) => product(number(-1), e);
export const difference = (a: Expression, b: Expression) => sum(a, negative(b));
export const quotient = (a: Expression, b: Expression) => product(a, power(b, number(-1)));
export const square = (e: Expression) => power(e, number(2));

export function call(name: FunctionName, argument: Expression): Expression {
  const e: Expression = { kind: "call", name, argument };
  if (!isNumber(argument)) return e;
  const value = apply(name, argument.value);
  return Number.isFinite(value) ? number(value) : e;
}

/** max or min of several; numbers are compared at once, equal ones counted once. */
export function extreme(which: "max" | "min", of: readonly Expression[]): Expression {
  const flat = of.flatMap((e) => (e.kind === "extreme" && e.which === which ? e.of : [e]));
  const numbers = flat.filter((e) => isNumber(e)).map(({ value }) => value);
  const others = [...new Map(flat.filter((e) => !isNumber(e)).map((e) => [keyOf(e), e])).values()];
  if (numbers.length) others.push(number(Math[which](...numbers)));
  return others.length === 1 ? others[0]! : { kind: "extreme", which, of: others };
}

/** The sum of something over the components of a row; numbers stand before it. */
export function total(of: Expression): Expression {
  if (isNumber(of, 0)) return zero;
  const factors = of.kind === "product" ? of.factors : [of];
  const inside = factors.filter(varies);
  // A sum over nothing that varies would need the row's length, so it stays whole.
  if (!inside.length) return { kind: "total", of };
  return product(...factors.filter((f) => !varies(f)), { kind: "total", of: product(...inside) });
}

/** Whether something differs from component to component: it names a row outside of any sum. */
const varies = (e: Expression): boolean =>
  e.kind === "name" || (e.kind !== "total" && partsOf(e).some(varies));

/** A function of one number, in the form that does not overflow. */
export function apply(name: FunctionName, x: number): number {
  switch (name) {
    case "sigmoid":
      return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    case "softplus":
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    case "logcosh":
      return Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2;
    default:
      return Math[name](x);
  }
}

/** The same expression with every part rebuilt from the bottom up. */
export function mapParts(e: Expression, change: (part: Expression) => Expression): Expression {
  const on = (part: Expression) => mapParts(part, change);
  switch (e.kind) {
    case "number":
    case "name":
      return change(e);
    case "sum":
      return change(sum(...e.terms.map(on)));
    case "product":
      return change(product(...e.factors.map(on)));
    case "power":
      return change(power(on(e.base), on(e.exponent)));
    case "call":
      return change(call(e.name, on(e.argument)));
    case "total":
      return change(total(on(e.of)));
    case "extreme":
      return change(extreme(e.which, e.of.map(on)));
    case "pieces":
      return change({
        kind: "pieces",
        pieces: e.pieces.map(({ where, value }) => ({
          where: { left: on(where.left), relation: where.relation, right: on(where.right) },
          value: on(value),
        })),
        otherwise: on(e.otherwise),
      });
  }
}

/** The parts an expression is made of directly, conditions included. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case "number":
    case "name":
      return [];
    case "sum":
      return e.terms;
    case "product":
      return e.factors;
    case "power":
      return [e.base, e.exponent];
    case "call":
      return [e.argument];
    case "total":
      return [e.of];
    case "extreme":
      return e.of;
    case "pieces":
      return [
        ...e.pieces.flatMap(({ where, value }) => [where.left, where.right, value]),
        e.otherwise,
      ];
  }
}

export function namesIn(e: Expression): ReadonlySet<string> {
  if (e.kind === "name") return new Set([e.name]);
  return new Set(partsOf(e).flatMap((part) => [...namesIn(part)]));
}

/** Puts numbers or expressions in the place of names. */
export const substitute = (
  e: Expression,
  values: Readonly<Record<string, number | Expression>>,
): Expression =>
  mapParts(e, (part) => {
    const value = part.kind === "name" ? values[part.name] : undefined;
    return value === undefined ? part : typeof value === "number" ? number(value) : value;
  });
