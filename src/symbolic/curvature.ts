import { type Atom, atom, atomOf, powerAtom } from "./atoms.ts";
import { type Expression, namesIn, same } from "./Expression.ts";
import { everything, hull, type Interval } from "./interval.ts";
import { jetOf } from "./jet.ts";

import { isLogConvex } from "./logConvex.ts";
import { asText } from "./print.ts";
import { isAffine, isConcave, isConvex, make, type Shape } from "./Shape.ts";
import { pieceOn, seamsOf, turnAt } from "./seams.ts";

type Range = Interval;

/** Where the names may be: variables and constants alike. */
export type Domain = Readonly<Record<string, Interval>>;

/**
 * Curvature by rules of composition (disciplined convex programming): sums of convex functions are
 * convex, an increasing convex function of a convex one is convex, and so on. Each rule that was
 * used goes to `proof`.
 *
 * @source M. Grant, S. Boyd, Y. Ye, Disciplined Convex Programming, in: Global Optimization (2006)
 * 155–210, doi:10.1007/0-387-30528-9_7.
 */
export function shapeOf(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
  proof: string[] = [],
): Shape {
  const shape = shaped(e, variables, domain, proof);
  if (shape.curvature !== "constant" && e.kind !== "name")
    proof.push(`${asText(e)}: ${reasons.get(shape) ?? "by its parts"} ⇒ ${wordFor(shape)}`);
  return shape;
}

const reasons = new WeakMap<Shape, string>();

function because(reason: string, shape: Shape): Shape {
  reasons.set(shape, reason);
  return shape;
}

function wordFor({ curvature, strict, quasiconvex, quasiconcave }: Shape): string {
  if (curvature === "unknown")
    return quasiconvex ? "quasiconvex" : quasiconcave ? "quasiconcave" : "not known";
  return strict ? `strictly ${curvature}` : curvature;
}

function shaped(
  e: Expression,
  variables: readonly string[],
  domain: Domain,
  proof: string[],
): Shape {
  const of = (part: Expression) => shapeOf(part, variables, domain, proof);
  if (![...namesIn(e)].some((name) => variables.includes(name))) return constantShape(e, domain);
  switch (e.kind) {
    case "number":
      return constantShape(e, domain);
    case "name":
      return make("affine", false, domain[e.name] ?? everything);
    case "sum":
      return because("a sum of such terms", sumShape(e.terms.map(of), rangeIn(e, domain)));
    case "product":
      return productShape(e.factors, of, e, domain);
    case "power":
      return powerShape(e, of, domain);
    case "total": {
      const { curvature } = of(e.of);
      return because("a sum over components", make(curvature, false, everything));
    }
    case "call": {
      const inside: string[] = [];
      const ofInside = (part: Expression) => shapeOf(part, variables, domain, inside);
      if (e.name === "log" && isLogConvex(e.argument, ofInside)) {
        proof.push(...inside);
        return because("log-sum-exp", make("convex", false, rangeIn(e, domain)));
      }
      const u = of(e.argument);
      return because(
        `${e.name} of a function that is ${wordFor(u)}`,
        composed(atomOf(e.name, u.range), u, rangeIn(e, domain)),
      );
    }
    case "extreme":
      return because(
        `a ${e.which === "max" ? "maximum" : "minimum"} of such functions`,
        extremeShape(e.which, e.of.map(of), rangeIn(e, domain)),
      );
    case "pieces":
      return piecesShape(e, variables, domain, proof);
  }
}

const constantShape = (e: Expression, domain: Domain): Shape =>
  make("constant", false, rangeIn(e, domain));

/** The range over the whole domain, by interval arithmetic. */
const rangeIn = (e: Expression, domain: Domain): Range => jetOf(e, "", everything, domain).value;

function sumShape(terms: readonly Shape[], range: Range): Shape {
  const moving = terms.filter(({ curvature }) => curvature !== "constant");
  const strict = terms.some((term) => term.strict);
  if (terms.every(isAffine)) return make("affine", false, range);
  if (terms.every(isConvex))
    return make("convex", strict, range, moving.length === 1 ? moving[0]! : {});
  if (terms.every(isConcave))
    return make("concave", strict, range, moving.length === 1 ? moving[0]! : {});
  return make("unknown", false, range, moving.length === 1 ? moving[0]! : {});
}

function turned(shape: Shape, range: Range): Shape {
  const flip = { convex: "concave", concave: "convex" } as const;
  const { curvature } = shape;
  const other = curvature === "convex" || curvature === "concave" ? flip[curvature] : curvature;
  return make(other, shape.strict, range, {
    quasiconvex: shape.quasiconcave,
    quasiconcave: shape.quasiconvex,
  });
}

function productShape(
  factors: readonly Expression[],
  of: (e: Expression) => Shape,
  e: Expression,
  domain: Domain,
): Shape {
  const range = rangeIn(e, domain);
  const shapes = factors.map((factor) => ({ factor, shape: of(factor) }));
  const moving = shapes.filter(({ shape }) => shape.curvature !== "constant");
  const fixed = shapes.filter(({ shape }) => shape.curvature === "constant");
  const sign = fixed.reduce((product, { shape }) => product * signOf(shape.range), 1);
  if (moving.length === 1 && !Number.isNaN(sign)) {
    const inner = moving[0]!.shape;
    if (sign === 0) return make("constant", false, range);
    const strict =
      inner.strict && fixed.every(({ shape }) => shape.range.lo > 0 || shape.range.hi < 0);
    const scaled = make(inner.curvature, strict, range, inner);
    return because(
      `${sign > 0 ? "a positive" : "a negative"} multiple`,
      sign > 0 ? scaled : turned(scaled, range),
    );
  }
  const entropy = moving.length === 2 && entropyOf(moving.map(({ factor }) => factor));
  if (
    entropy &&
    !Number.isNaN(sign) &&
    of(entropy).curvature === "affine" &&
    of(entropy).range.lo >= 0
  ) {
    const convex = make("convex", sign !== 0, range);
    return because("u·ln u with u ≥ 0", sign >= 0 ? convex : turned(convex, range));
  }
  return because("a product of two functions", make("unknown", false, range));
}

/** 1, −1, 0, or NaN when the sign is open; an end at 0 still counts as that sign. */
function signOf({ lo, hi }: Range): number {
  if (lo === 0 && hi === 0) return 0;
  return lo >= 0 ? 1 : hi <= 0 ? -1 : Number.NaN;
}

function entropyOf([a, b]: readonly Expression[]): Expression | undefined {
  if (a?.kind === "call" && a.name === "log" && same(a.argument, b!)) return b;
  return b?.kind === "call" && b.name === "log" && same(b.argument, a!) ? a : undefined;
}

function powerShape(
  e: Expression & { kind: "power" },
  of: (e: Expression) => Shape,
  domain: Domain,
): Shape {
  const range = rangeIn(e, domain);
  const u = of(e.base);
  const v = of(e.exponent);
  if (v.curvature === "constant" && v.range.lo === v.range.hi)
    return because(
      `the power ${v.range.lo} of a function that is ${wordFor(u)}`,
      composed(powerAtom(v.range.lo, u.range), u, range),
    );
  if (u.curvature === "constant" && u.range.lo > 0) {
    const trend = u.range.lo >= 1 ? 1 : u.range.hi <= 1 ? -1 : 0;
    return because("an exponential", composed(atom("convex", trend, trend !== 0), v, range));
  }
  return because("a power", make("unknown", false, range));
}

/** The composition rule. */
function composed({ curvature, strict, trend }: Atom, u: Shape, range: Range): Shape {
  if (u.curvature === "constant") return make("constant", false, range);
  const quasi = {
    quasiconvex: (trend > 0 && u.quasiconvex) || (trend < 0 && u.quasiconcave),
    quasiconcave: (trend > 0 && u.quasiconcave) || (trend < 0 && u.quasiconvex),
  };
  if (curvature === "unknown") return make("unknown", false, range, quasi);
  if (u.curvature === "affine") return make(curvature, strict, range, quasi);
  const kept =
    (trend > 0 && u.curvature === curvature) || (trend < 0 && isOpposite(u.curvature, curvature));
  return kept
    ? make(curvature, u.strict && strict, range, quasi)
    : make("unknown", false, range, quasi);
}

const isOpposite = (a: string, b: string) =>
  (a === "convex" && b === "concave") || (a === "concave" && b === "convex");

function extremeShape(which: "max" | "min", of: readonly Shape[], range: Range): Shape {
  const strict = of.every((shape) => shape.strict);
  if (which === "max" && of.every(isConvex)) return make("convex", strict, range);
  if (which === "min" && of.every(isConcave)) return make("concave", strict, range);
  return make("unknown", false, range, {
    quasiconvex: which === "max" && of.every((shape) => shape.quasiconvex),
    quasiconcave: which === "min" && of.every((shape) => shape.quasiconcave),
  });
}

/** Piece by piece, each on its own stretch; at the seams the value must join and the slope may not fall. */
function piecesShape(
  e: Expression & { kind: "pieces" },
  variables: readonly string[],
  domain: Domain,
  proof: string[],
): Shape {
  const range = rangeIn(e, domain);
  const open = because("formula in pieces", make("unknown", false, range));
  const [variable, ...others] = variables;
  if (variable === undefined || others.length) return open;
  const seams = seamsOf(e, variable);
  if (!seams) return open;
  const whole = domain[variable] ?? everything;
  const inside = seams.filter((seam) => seam > whole.lo && seam < whole.hi);
  const cuts = [whole.lo, ...inside, whole.hi];
  const stretches = cuts.slice(1).map((hi, i) => ({ lo: cuts[i]!, hi }));
  const held = stretches.map((stretch) => pieceOn(e, variable, stretch));
  const shapes = held.map((piece, i) =>
    shapeOf(piece, variables, { ...domain, [variable]: stretches[i]! }, proof),
  );
  const strict = shapes.every((shape) => shape.strict);
  const ranges = shapes.map((shape) => shape.range).reduce(hull);
  const turn = inside.map((seam, i) => turnAt(e, [held[i]!, held[i + 1]!], variable, seam));
  const names = inside.map((seam) => `${variable} = ${Number(seam.toPrecision(6))}`).join(", ");
  if (turn.every((t) => t === "none" || t === "up") && shapes.every(isConvex))
    return because(
      `pieces that are convex, join, and do not bend down (seams ${names})`,
      make(
        shapes.every(isAffine) && turn.every((t) => t === "none") ? "affine" : "convex",
        strict,
        ranges,
      ),
    );
  if (turn.every((t) => t === "none" || t === "down") && shapes.every(isConcave))
    return because(
      `pieces that are concave, join, and do not bend up (seams ${names})`,
      make("concave", strict, ranges),
    );
  return open;
}
