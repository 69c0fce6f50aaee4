import type { FunctionName } from "./Expression.ts";
import type { Interval } from "./interval.ts";

/** What is known of an outer function over the range of its argument. */
export interface Atom {
  readonly curvature: "convex" | "concave" | "unknown";
  readonly strict: boolean;
  /** 1 rises, −1 falls, 0 neither. */
  readonly trend: number;
}

export const atom = (curvature: Atom["curvature"], trend: number, strict = true): Atom => ({
  curvature,
  strict,
  trend,
});

/** What is known of a named function where its argument has this range. */
export function atomOf(name: FunctionName, { lo, hi }: Interval): Atom {
  const side = lo >= 0 ? 1 : hi <= 0 ? -1 : 0;
  switch (name) {
    case "exp":
    case "softplus":
      return atom("convex", 1);
    case "abs":
      return atom("convex", side, false);
    case "cosh":
    case "logcosh":
      return atom("convex", side);
    case "log":
    case "sqrt":
      return lo >= 0 ? atom("concave", 1) : atom("unknown", 1);
    case "tanh":
    case "sigmoid":
      return atom(side > 0 ? "concave" : side < 0 ? "convex" : "unknown", 1);
    case "sinh":
      return atom(side > 0 ? "convex" : side < 0 ? "concave" : "unknown", 1);
    case "sign":
      return atom("unknown", 1, false);
    default:
      return atom("unknown", 0, false);
  }
}

/** What is known of u^n where u has this range. */
export function powerAtom(n: number, { lo, hi }: Interval): Atom {
  const side = lo >= 0 ? 1 : hi <= 0 ? -1 : 0;
  const even = n % 2 === 0;
  if (Number.isInteger(n) && n > 0) {
    if (even) return atom("convex", side);
    if (n === 1) return atom("convex", 1, false);
    return side > 0 ? atom("convex", 1) : side < 0 ? atom("concave", 1) : atom("unknown", 1);
  }
  if (side > 0) return n > 1 ? atom("convex", 1) : n > 0 ? atom("concave", 1) : atom("convex", -1);
  if (side < 0 && Number.isInteger(n)) return even ? atom("convex", 1) : atom("concave", -1);
  return atom("unknown", 0, false);
}
