import type { Condition, Expression, FunctionName } from "./Expression.ts";
import {
  add,
  everything,
  hull,
  type Interval,
  multiply,
  negate,
  point,
  raise,
  rangeOf,
} from "./interval.ts";

/** Bounds of value, first and second derivative over an interval; kinks count as curvature. */
export interface Jet {
  readonly value: Interval;
  readonly slope: Interval;
  /** A kink upwards adds to the upper end only, so the lower end still bounds the curvature. */
  readonly curvature: Interval;
}

/** What a name stands for: the variable, or a constant that is known up to an interval. */
export type JetOf = (name: string) => Jet;

const still = (value: Interval): Jet => ({ value, slope: point(0), curvature: point(0) });

/** The jet of e by `variable` over an interval of it. */
export function jetOf(
  e: Expression,
  by: string,
  over: Interval,
  constants: Readonly<Record<string, Interval>> = {},
): Jet {
  const names: JetOf = (name) =>
    name === by
      ? { value: over, slope: point(1), curvature: point(0) }
      : still(constants[name] ?? everything);
  return jet(e, names);
}

function jet(e: Expression, names: JetOf): Jet {
  switch (e.kind) {
    case "number":
      return still(point(e.value));
    case "name":
      return names(e.name);
    case "sum":
      return e.terms.map((term) => jet(term, names)).reduce(added);
    case "product":
      return e.factors.map((factor) => jet(factor, names)).reduce(multiplied);
    case "power":
      return powerJet(e, names);
    case "call":
      return through(jet(e.argument, names), (u) => calculus(e.name, u), e.name === "abs");
    case "total":
      return { value: everything, slope: everything, curvature: everything };
    case "extreme": {
      const jets = e.of.map((item) => jet(item, names));
      return e.which === "max" ? jets.reduce(larger) : negated(jets.map(negated).reduce(larger));
    }
    case "pieces":
      return piecesJet(e, names);
  }
}

const added = (a: Jet, b: Jet): Jet => ({
  value: add(a.value, b.value),
  slope: add(a.slope, b.slope),
  curvature: add(a.curvature, b.curvature),
});

const negated = (a: Jet): Jet => ({
  value: negate(a.value),
  slope: negate(a.slope),
  curvature: negate(a.curvature),
});

const multiplied = (a: Jet, b: Jet): Jet => ({
  value: multiply(a.value, b.value),
  slope: add(multiply(a.slope, b.value), multiply(a.value, b.slope)),
  curvature: add(
    add(multiply(a.curvature, b.value), multiply(point(2), multiply(a.slope, b.slope))),
    multiply(a.value, b.curvature),
  ),
});

/** Value, first and second derivative of an outer function over an interval. */
interface Outer {
  readonly value: Interval;
  readonly slope: Interval;
  readonly curvature: Interval;
}

/** The chain rule for two derivatives. */
function through(u: Jet, outer: (u: Interval) => Outer, kinked = false): Jet {
  if (kinked && u.value.lo < 0 && u.value.hi > 0) return absJet(u);
  const { value, slope, curvature } = outer(u.value);
  return {
    value,
    slope: multiply(slope, u.slope),
    curvature: add(multiply(curvature, raise(u.slope, 2)), multiply(slope, u.curvature)),
  };
}

/** |u| where u changes its sign: the kink only adds curvature upwards. */
const absJet = (u: Jet): Jet => ({
  value: rangeOf("abs", u.value),
  slope: hull(u.slope, negate(u.slope)),
  curvature: { lo: Math.min(u.curvature.lo, -u.curvature.hi), hi: Infinity },
});

function larger(a: Jet, b: Jet): Jet {
  if (a.value.lo >= b.value.hi) return a;
  if (b.value.lo >= a.value.hi) return b;
  return {
    value: { lo: Math.max(a.value.lo, b.value.lo), hi: Math.max(a.value.hi, b.value.hi) },
    slope: hull(a.slope, b.slope),
    curvature: { lo: Math.min(a.curvature.lo, b.curvature.lo), hi: Infinity },
  };
}

function powerJet({ base, exponent }: Expression & { kind: "power" }, names: JetOf): Jet {
  const e = jet(exponent, names);
  const u = jet(base, names);
  const fixed = e.value.lo === e.value.hi && e.slope.lo === 0 && e.slope.hi === 0;
  if (fixed) {
    const n = e.value.lo;
    if (n === 2) return squared(u);
    return through(u, (range) => ({
      value: raise(range, n),
      slope: multiply(point(n), raise(range, n - 1)),
      curvature: multiply(point(n * (n - 1)), raise(range, n - 2)),
    }));
  }
  // u^v = e^(v · ln u)
  return through(
    multiplied(
      e,
      through(u, (range) => calculus("log", range)),
    ),
    (range) => calculus("exp", range),
  );
}

const squared = (u: Jet): Jet => ({
  value: raise(u.value, 2),
  slope: multiply(point(2), multiply(u.value, u.slope)),
  curvature: multiply(point(2), add(raise(u.slope, 2), multiply(u.value, u.curvature))),
});

function calculus(name: FunctionName, u: Interval): Outer {
  const value = rangeOf(name, u);
  switch (name) {
    case "exp":
      return { value, slope: value, curvature: value };
    case "log": {
      const inverse = raise({ lo: Math.max(0, u.lo), hi: u.hi }, -1);
      return { value, slope: inverse, curvature: negate(raise(inverse, 2)) };
    }
    case "sqrt": {
      const inverse = raise(value, -1);
      return {
        value,
        slope: multiply(point(0.5), inverse),
        curvature: multiply(point(-0.25), raise(inverse, 3)),
      };
    }
    case "abs":
      return { value, slope: rangeOf("sign", u), curvature: point(0) };
    case "sign":
      return { value, slope: point(0), curvature: u.lo > 0 || u.hi < 0 ? point(0) : everything };
    case "sin":
      return { value, slope: rangeOf("cos", u), curvature: negate(value) };
    case "cos":
      return { value, slope: negate(rangeOf("sin", u)), curvature: negate(value) };
    case "sinh":
      return { value, slope: rangeOf("cosh", u), curvature: value };
    case "cosh":
      return { value, slope: rangeOf("sinh", u), curvature: value };
    default:
      return squashed(name, u, value);
  }
}

/** tanh and σ and the functions whose slopes they are. */
function squashed(
  name: "tanh" | "sigmoid" | "softplus" | "logcosh",
  u: Interval,
  value: Interval,
): Outer {
  if (name === "tanh" || name === "logcosh") {
    const t = rangeOf("tanh", u);
    const room = positive(add(point(1), negate(raise(t, 2))));
    if (name === "logcosh") return { value, slope: t, curvature: room };
    return { value, slope: room, curvature: multiply(point(-2), multiply(t, room)) };
  }
  const [s, rest] = [rangeOf("sigmoid", u), rangeOf("sigmoid", negate(u))];
  const both = positive(multiply(s, rest));
  if (name === "softplus") return { value, slope: s, curvature: both };
  return { value, slope: both, curvature: multiply(both, add(rest, negate(s))) };
}

const positive = ({ lo, hi }: Interval): Interval => ({ lo: Math.max(0, lo), hi });

function piecesJet(e: Expression & { kind: "pieces" }, names: JetOf): Jet {
  const possible: Jet[] = [];
  for (const { where, value } of e.pieces) {
    const answer = decided(where, names);
    if (answer === false) continue;
    possible.push(jet(value, names));
    if (answer === true) return joined(possible);
  }
  return joined([...possible, jet(e.otherwise, names)]);
}

/** Where it is open which piece holds, there may be a kink of either kind. */
function joined(jets: readonly Jet[]): Jet {
  if (jets.length === 1) return jets[0]!;
  return {
    value: jets.map((j) => j.value).reduce(hull),
    slope: jets.map((j) => j.slope).reduce(hull),
    curvature: everything,
  };
}

/** Whether a comparison holds on the whole interval, nowhere on it, or is open. */
function decided({ left, relation, right }: Condition, names: JetOf): boolean | undefined {
  const { lo, hi } = add(jet(left, names).value, negate(jet(right, names).value));
  const always = {
    "<": hi < 0,
    "<=": hi <= 0,
    ">": lo > 0,
    ">=": lo >= 0,
    "==": lo === 0 && hi === 0,
    "!=": lo > 0 || hi < 0,
  };
  const never = {
    "<": lo >= 0,
    "<=": lo > 0,
    ">": hi <= 0,
    ">=": hi < 0,
    "==": lo > 0 || hi < 0,
    "!=": lo === 0 && hi === 0,
  };
  return always[relation] ? true : never[relation] ? false : undefined;
}
