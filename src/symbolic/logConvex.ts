import type { Expression } from "./Expression.ts";
import { isConvex, type Shape } from "./Shape.ts";

/**
 * Whether the logarithm of an expression is convex: so it is for e to a convex power and for positive
 * constants, and so it stays in sums, products and positive powers of such. Hence ln Σ wᵢ·e^{uᵢ}, the
 * smooth maximum, is convex wherever every uᵢ is.
 *
 * @param of the shape of a part
 * @source S. Boyd, L. Vandenberghe, Convex Optimization (2004), §3.5.2.
 */
export function isLogConvex(e: Expression, of: (part: Expression) => Shape): boolean {
  const every = (parts: readonly Expression[]) => parts.every((part) => isLogConvex(part, of));
  switch (e.kind) {
    case "number":
      return e.value > 0;
    case "name":
      return isPositiveConstant(of(e));
    case "sum":
      return every(e.terms);
    case "product":
      return every(e.factors);
    case "total":
      return isLogConvex(e.of, of);
    case "power": {
      const { curvature, range } = of(e.exponent);
      return curvature === "constant" && range.lo > 0 && isLogConvex(e.base, of);
    }
    case "call":
      return (e.name === "exp" && isConvex(of(e.argument))) || isPositiveConstant(of(e));
    default:
      return isPositiveConstant(of(e));
  }
}

const isPositiveConstant = ({ curvature, range }: Shape): boolean =>
  curvature === "constant" && range.lo > 0;
