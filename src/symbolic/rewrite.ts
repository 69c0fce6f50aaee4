import {
  call,
  countOf,
  type Expression,
  extreme,
  isNumber,
  mapParts,
  negative,
  number,
  one,
  partsOf,
  power,
  product,
  quotient,
  same,
  sum,
  zero,
} from "./Expression.ts";

/**
 * Brings an expression into the form a textbook would give it: σ, softplus and tanh instead of
 * quotients of exponentials, squares instead of products, no powers of roots.
 */
export function simplified(e: Expression): Expression {
  let before = e;
  for (let round = 0; round < 8; round++) {
    const after = mapParts(before, rewritten);
    if (same(after, before)) return after;
    before = after;
  }
  return before;
}

type Rule = (e: Expression) => Expression | undefined;

function rewritten(e: Expression): Expression {
  for (const rule of rules) {
    const better = rule(e);
    if (better) return better;
  }
  return e;
}

type Call = Expression & { kind: "call" };

const isCall = (e: Expression, name: string): e is Call => e.kind === "call" && e.name === name;

/** Two terms of a sum that are exactly 1 and something. */
function besideOne(e: Expression): Expression | undefined {
  if (e.kind !== "sum" || e.terms.length !== 2) return undefined;
  const [a, b] = e.terms as [Expression, Expression];
  return isNumber(a, 1) ? b : isNumber(b, 1) ? a : undefined;
}

const negated = (e: Expression) => negative(e);

const logRules: Rule = (e) => {
  if (!isCall(e, "log")) return undefined;
  const u = e.argument;
  if (isCall(u, "exp")) return u.argument;
  if (isCall(u, "cosh")) return call("logcosh", u.argument);
  if (isCall(u, "sigmoid")) return negated(call("softplus", negated(u.argument)));
  const beside = besideOne(u);
  if (beside && isCall(beside, "exp")) return call("softplus", beside.argument);
  if (u.kind === "power" && isNumber(u.exponent) && isCall(u.base, "exp"))
    return product(u.exponent, u.base.argument);
  return undefined;
};

const powerRules: Rule = (e) => {
  if (e.kind !== "power") return undefined;
  const { base, exponent } = e;
  if (isNumber(exponent, 0.5)) return call("sqrt", base);
  if (!isNumber(exponent)) return undefined;
  const even = exponent.value % 2 === 0;
  if (even && isCall(base, "sqrt")) return power(base.argument, number(exponent.value / 2));
  if (even && isCall(base, "abs")) return power(base.argument, exponent);
  if (even && isCall(base, "sign") && exponent.value > 0) return one;
  if (isCall(base, "exp")) return call("exp", product(exponent, base.argument));
  const beside = exponent.value === -1 ? besideOne(base) : undefined;
  if (beside && isCall(beside, "exp")) return call("sigmoid", negated(beside.argument));
  return undefined;
};

const callRules: Rule = (e) => {
  if (e.kind !== "call") return undefined;
  const u = e.argument;
  const even = e.name === "abs" || e.name === "cosh" || e.name === "logcosh" || e.name === "cos";
  const odd = e.name === "tanh" || e.name === "sinh" || e.name === "sign" || e.name === "sin";
  if ((even || odd) && leadsNegative(u)) {
    const turned = call(e.name, negated(u));
    return even ? turned : negated(turned);
  }
  if (e.name === "exp" && isCall(u, "log")) return u.argument;
  if (e.name === "sqrt" && u.kind === "power" && isNumber(u.exponent, 2))
    return call("abs", u.base);
  if (e.name === "abs" && isCall(u, "abs")) return u;
  if (e.name === "abs" && u.kind === "power" && isNumber(u.exponent) && u.exponent.value % 2 === 0)
    return u;
  if (e.name === "abs" && isNonNegative(u)) return u;
  const { count, of } = countOf(u);
  if (e.name === "abs" && count !== 1) return product(number(Math.abs(count)), call("abs", of));
  return undefined;
};

const isNonNegative = (e: Expression) =>
  e.kind === "call" &&
  ["exp", "abs", "sqrt", "cosh", "sigmoid", "softplus", "logcosh"].includes(e.name);

/** Whether −e would look simpler: its first term has a minus sign. */
function leadsNegative(e: Expression): boolean {
  if (isNumber(e)) return e.value < 0;
  if (e.kind === "sum") return leadsNegative(e.terms[0]!);
  return countOf(e).count < 0;
}

const sumRules: Rule = (e) => {
  if (e.kind !== "sum") return undefined;
  const beside = besideOne(e);
  const flipped = beside && countOf(beside);
  if (flipped?.count === -1 && isCall(flipped.of, "sigmoid"))
    return call("sigmoid", negated(flipped.of.argument));
  return stableSoftplus(e.terms) ?? withoutAbs(e.terms) ?? oneSigmoid(e.terms);
};

/** max(z, 0) + log(1 + e^(−|z|)), the form that does not overflow, is softplus(z). */
function stableSoftplus(terms: readonly Expression[]): Expression | undefined {
  for (const term of terms) {
    if (!isCall(term, "softplus")) continue;
    const { count, of } = countOf(term.argument);
    if (count !== -1 || !isCall(of, "abs")) continue;
    const relu = terms.find((other) =>
      [of.argument, negated(of.argument)].some((z) => same(other, extreme("max", [z, zero]))),
    );
    if (relu?.kind !== "extreme") continue;
    const z = relu.of.find((item) => !isNumber(item))!;
    return sum(call("softplus", z), ...terms.filter((other) => other !== term && other !== relu));
  }
  return undefined;
}

/** |r| + softplus(−2|r|) − ln 2 is log cosh r. */
function withoutAbs(terms: readonly Expression[]): Expression | undefined {
  const size = terms.find((term): term is Call => isCall(term, "abs"));
  if (!size) return undefined;
  const tail = terms.find((term) => same(term, call("softplus", product(number(-2), size))));
  const rest = terms.filter((term) => term !== size && term !== tail);
  const constant = rest.find((term) => isNumber(term) && Math.abs(term.value + Math.LN2) < 1e-15);
  if (!tail || !constant || size.kind !== "call") return undefined;
  return sum(call("logcosh", size.argument), ...rest.filter((term) => term !== constant));
}

/** (1 − y)·σ(z) − y·σ(−z) is σ(z) − y, since σ(−z) = 1 − σ(z). */
function oneSigmoid(terms: readonly Expression[]): Expression | undefined {
  const parts = terms.flatMap((term) => sigmoidIn(term) ?? []);
  for (const a of parts)
    for (const b of parts) {
      if (a === b || leadsNegative(a.of) || !same(b.of, negated(a.of))) continue;
      const left = sum(a.factor, negated(b.factor));
      if (!isNumber(left)) continue;
      const rest = terms.filter((term) => term !== a.term && term !== b.term);
      return sum(product(left, call("sigmoid", a.of)), b.factor, ...rest);
    }
  return undefined;
}

/** A term that is some factor times σ of something. */
function sigmoidIn(term: Expression) {
  const factors = term.kind === "product" ? term.factors : [term];
  const found = factors.find((factor): factor is Call => isCall(factor, "sigmoid"));
  if (!found) return undefined;
  return { term, of: found.argument, factor: product(...factors.filter((f) => f !== found)) };
}

const productRules: Rule = (e) => {
  if (e.kind !== "product") return undefined;
  const exps: readonly Expression[] = e.factors.filter((factor) => isCall(factor, "exp"));
  if (exps.length > 1) {
    const exponent = sum(...exps.map((factor) => partsOf(factor)[0]!));
    return product(call("exp", exponent), ...e.factors.filter((factor) => !exps.includes(factor)));
  }
  return (
    merged(
      e.factors,
      "exp",
      "sigmoid",
      (u) => negated(u),
      (u) => call("sigmoid", u),
    ) ??
    merged(
      e.factors,
      "abs",
      "sign",
      (u) => u,
      (u) => u,
    ) ??
    merged(
      e.factors,
      "sinh",
      "cosh",
      (u) => u,
      (u) => call("tanh", u),
      -1,
    ) ??
    halfTurn(e.factors) ??
    commonNumber(e.factors)
  );
};

/** first(u) · second(v(u))^exponent becomes one expression. */
function merged(
  factors: readonly Expression[],
  first: string,
  second: string,
  partner: (u: Expression) => Expression,
  becomes: (u: Expression) => Expression,
  exponent = 1,
): Expression | undefined {
  for (const a of factors) {
    if (!isCall(a, first)) continue;
    const wanted = power(
      { kind: "call", name: second as never, argument: partner(a.argument) },
      number(exponent),
    );
    const b = factors.find((factor) => factor !== a && same(factor, wanted));
    if (b)
      return product(
        becomes(a.argument),
        ...factors.filter((factor) => factor !== a && factor !== b),
      );
  }
  return undefined;
}

/** (e^u − e^−u)/(e^u + e^−u) is tanh u, also when it is multiplied by e^−u: (1 − e^−2u)/(1 + e^−2u). */
function halfTurn(factors: readonly Expression[]): Expression | undefined {
  for (const below of factors) {
    if (below.kind !== "power" || !isNumber(below.exponent, -1) || below.base.kind !== "sum")
      continue;
    const [a, b] = below.base.terms as [Expression, Expression];
    if (below.base.terms.length !== 2) continue;
    for (const [plus, minus] of [
      [a, b],
      [b, a],
    ] as const) {
      const above = factors.find((factor) => same(factor, sum(plus, negated(minus))));
      const exponent = above && logOf(quotient(plus, minus));
      if (above && exponent)
        return product(
          call("tanh", product(number(0.5), exponent)),
          ...factors.filter((factor) => factor !== above && factor !== below),
        );
    }
  }
  return undefined;
}

/** ½·(2a − 2b)·c is (a − b)·c. */
function commonNumber(factors: readonly Expression[]): Expression | undefined {
  for (const factor of factors) {
    if (factor.kind !== "sum") continue;
    const [first = 1, ...sizes] = factor.terms.map((term) =>
      Math.abs(isNumber(term) ? term.value : countOf(term).count),
    );
    if (first === 1 || !sizes.every((size) => size === first)) continue;
    const short = sum(...factor.terms.map((term) => product(number(1 / first), term)));
    return product(number(first), short, ...factors.filter((other) => other !== factor));
  }
  return undefined;
}

/** The logarithm of a product of exponentials. */
function logOf(e: Expression): Expression | undefined {
  const factors = e.kind === "product" ? e.factors : [e];
  const logs = factors.map((factor) => {
    if (isCall(factor, "exp")) return factor.argument;
    if (factor.kind === "power" && isCall(factor.base, "exp"))
      return product(factor.exponent, factor.base.argument);
    return isNumber(factor, 1) ? zero : undefined;
  });
  return logs.every((log) => log !== undefined) ? sum(...logs) : undefined;
}

const rules: readonly Rule[] = [logRules, powerRules, callRules, sumRules, productRules];
