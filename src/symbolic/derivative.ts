import {
  call,
  type Expression,
  extreme,
  type FunctionName,
  isNumber,
  mapParts,
  name,
  namesIn,
  negative,
  number,
  one,
  type Piece,
  partsOf,
  power,
  product,
  quotient,
  same,
  square,
  substitute,
  sum,
  total,
  zero,
} from "./Expression.ts";

/** Tells each rule that is used, on what, and with what result. */
export type Witness = (rule: string, of: Expression, result: Expression) => void;

/**
 * The derivative of e by a name, rule by rule. At a kink it gives the slope of one side; how many
 * slopes there are is for `differentiability` to say.
 */
export function derivative(e: Expression, by: string, witness: Witness = () => {}): Expression {
  const [rule, result] = derived(e, by, witness);
  witness(rule, e, result);
  return result;
}

type Derived = readonly [rule: string, result: Expression];

function derived(e: Expression, by: string, witness: Witness): Derived {
  const d = (part: Expression) => derivative(part, by, witness);
  if (!namesIn(e).has(by)) return ["constant rule: what does not change has slope 0", zero];
  switch (e.kind) {
    case "number":
      return ["constant rule: what does not change has slope 0", zero];
    case "name":
      return [`the variable itself: d${by}/d${by} = 1`, one];
    case "sum":
      return ["sum rule: differentiate term by term", sum(...e.terms.map(d))];
    case "product":
      return productRule(e.factors, by, d);
    case "power":
      return powerRule(e, by, d);
    case "call":
      return [chainRules[e.name], product(outer(e.name, e.argument), d(e.argument))];
    case "total":
      return [
        "sum over components: only the term of this component depends on it",
        overSum(e, by, d),
      ];
    case "extreme":
      return [
        `${e.which} rule: the slope of the ${e.which === "max" ? "largest" : "smallest"}`,
        extremeRule(e, d),
      ];
    case "pieces":
      return [
        "piece by piece: each case keeps its own slope",
        inPieces(
          e.pieces.map(({ where, value }) => ({ where, value: d(value) })),
          d(e.otherwise),
        ),
      ];
  }
}

/**
 * Σₖ g(zₖ, S) by zⱼ: the j-th term directly, and every term through a sum S inside it, such as the
 * denominator of a softmax.
 */
function overSum(
  e: Expression & { kind: "total" },
  by: string,
  d: (e: Expression) => Expression,
): Expression {
  const inner = totalsIn(e.of).filter((part) => namesIn(part).has(by));
  const hidden = (i: number) => `Σ${i}`;
  const body = mapParts(e.of, (part) => {
    const i = inner.findIndex((other) => same(other, part));
    return i < 0 ? part : name(hidden(i));
  });
  const back = Object.fromEntries(inner.map((part, i) => [hidden(i), part]));
  const through = inner.map((part, i) =>
    product(total(substitute(derivative(body, hidden(i)), back)), d(part)),
  );
  const direct = inner.length ? substitute(derivative(body, by), back) : d(e.of);
  return sum(direct, ...through);
}

/** The outermost sums over components in an expression. */
const totalsIn = (e: Expression): readonly Expression[] =>
  e.kind === "total" ? [e] : partsOf(e).flatMap(totalsIn);

function productRule(
  factors: readonly Expression[],
  by: string,
  d: (e: Expression) => Expression,
): Derived {
  const fixed = factors.filter((factor) => !namesIn(factor).has(by));
  const moving = factors.filter((factor) => namesIn(factor).has(by));
  if (fixed.length && moving.length)
    return ["constant factor rule: (c·u)′ = c·u′", product(...fixed, d(product(...moving)))];
  const terms = factors.map((factor, i) =>
    product(d(factor), ...factors.filter((_, j) => j !== i)),
  );
  return ["product rule: (u·v)′ = u′·v + u·v′", sum(...terms)];
}

function powerRule(
  { base, exponent }: Expression & { kind: "power" },
  by: string,
  d: (e: Expression) => Expression,
): Derived {
  if (!namesIn(exponent).has(by)) {
    const inverse = isNumber(exponent, -1);
    const result = product(exponent, power(base, sum(exponent, number(-1))), d(base));
    return [inverse ? "reciprocal rule: (1/u)′ = −u′/u²" : "power rule: (uⁿ)′ = n·uⁿ⁻¹·u′", result];
  }
  const whole = power(base, exponent);
  const logBase = call("log", base);
  if (!namesIn(base).has(by))
    return ["exponential rule: (aᵘ)′ = aᵘ·ln a·u′", product(whole, logBase, d(exponent))];
  const inner = sum(
    product(d(exponent), logBase),
    product(exponent, d(base), power(base, number(-1))),
  );
  return ["general power rule: (uᵛ)′ = uᵛ·(v·ln u)′", product(whole, inner)];
}

const chainRules: Readonly<Record<FunctionName, string>> = {
  exp: "exponential rule: (eᵘ)′ = eᵘ·u′",
  log: "logarithm rule: (ln u)′ = u′/u",
  abs: "absolute value rule: |u|′ = sign(u)·u′ (at u = 0: anything from −1 to 1)",
  sign: "sign rule: constant on both sides, so slope 0 (no slope at the jump)",
  sqrt: "root rule: (√u)′ = u′/(2√u)",
  sin: "sine rule: (sin u)′ = cos u·u′",
  cos: "cosine rule: (cos u)′ = −sin u·u′",
  sinh: "sinh rule: (sinh u)′ = cosh u·u′",
  cosh: "cosh rule: (cosh u)′ = sinh u·u′",
  tanh: "tanh rule: (tanh u)′ = (1 − tanh² u)·u′",
  sigmoid: "sigmoid rule: σ(u)′ = σ(u)(1 − σ(u))·u′",
  softplus: "softplus rule: ln(1 + eᵘ)′ = σ(u)·u′",
  logcosh: "log-cosh rule: (ln cosh u)′ = tanh u·u′",
};

/** The derivative of a function at u, without the inner derivative. */
function outer(name: FunctionName, u: Expression): Expression {
  switch (name) {
    case "exp":
      return call("exp", u);
    case "log":
      return power(u, number(-1));
    case "abs":
      return call("sign", u);
    case "sign":
      return zero;
    case "sqrt":
      return quotient(number(0.5), call("sqrt", u));
    case "sin":
      return call("cos", u);
    case "cos":
      return negative(call("sin", u));
    case "sinh":
      return call("cosh", u);
    case "cosh":
      return call("sinh", u);
    case "tanh":
      return sum(one, negative(square(call("tanh", u))));
    case "sigmoid":
      return product(call("sigmoid", u), call("sigmoid", negative(u)));
    case "softplus":
      return call("sigmoid", u);
    case "logcosh":
      return call("tanh", u);
  }
}

/** max(u, v) has the slope of u where u > v; with more entries the rest is a maximum again. */
function extremeRule(
  e: Expression & { kind: "extreme" },
  d: (e: Expression) => Expression,
): Expression {
  const [first, ...others] = e.of as [Expression, ...Expression[]];
  const rest = extreme(e.which, others);
  const relation = e.which === "max" ? ">" : "<";
  return inPieces([{ where: { left: first, relation, right: rest }, value: d(first) }], d(rest));
}

/** Pieces whose values are all the same are one expression. */
function inPieces(pieces: readonly Piece[], otherwise: Expression): Expression {
  const different = pieces.some(({ value }) => !same(value, otherwise));
  return different ? { kind: "pieces", pieces, otherwise } : otherwise;
}
