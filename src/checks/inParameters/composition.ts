import { type Operand, type Operation, operationsOf } from "../../engine/index.ts";

/** How a value depends on the parameters; `"open"` when no rule tells. */
export type Curving = "constant" | "affine" | "convex" | "concave" | "open";

/** A function of parameters followed through its operations, with the rules that were used. */
export interface Composition {
  readonly curving: Curving;
  /** Its degree as a polynomial of the parameters; Infinity when it is none. A quadratic has one Hessian. */
  readonly degree: number;
  readonly rules: readonly string[];
}

/** What is known of one value. */
interface Known extends Shape {
  readonly degree: number;
}

interface Shape {
  readonly curving: Curving;
  readonly least: number;
  readonly most: number;
}

const anything = { least: -Infinity, most: Infinity };

/**
 * Follows a function of tensors through its operations: affine stays affine under sums, moves and
 * constant factors, and convex functions come from convex rising ones of convex ones.
 */
export function compositionOf(f: (parameters: never) => unknown, parameters: unknown): Composition {
  const watched = operationsOf(f, parameters);
  if (!watched) return { curving: "open", degree: Infinity, rules: [] };
  const values: Known[] = Array.from({ length: watched.leaves }, () => ({
    curving: "affine",
    degree: 1,
    ...anything,
  }));
  const rules: string[] = [];
  const known = (operand: Operand): Known =>
    "place" in operand ? values[operand.place]! : { curving: "constant", degree: 0, ...operand };
  for (const operation of watched.operations) {
    const value = resultOf(operation, operation.operands.map(known));
    note(rules, operation, value);
    values.push(value);
  }
  const { curving, degree } = known(watched.result);
  return { curving, degree, rules };
}

function note(rules: string[], { name }: Operation, { curving }: Known): void {
  const rule = `${words[name] ?? name} → ${curving}`;
  if (rule !== rules.at(-1)) rules.push(rule);
}

const words: Readonly<Record<string, string>> = {
  linear: "a sum, or entries moved",
  bilinear: "a matrix product with constants",
  mul: "a product",
  div: "a quotient",
  add: "a sum",
  sub: "a difference",
};

function resultOf(operation: Operation, given: readonly Known[]): Known {
  const rule = rulesByName[operation.name];
  const degree = degreeOf(operation.name, given);
  if (!rule) return { curving: "open", degree, ...anything };
  return { ...rule(isSquare(operation) ? [given[0]!] : given), degree };
}

/** The degree of a polynomial made of others; what is not made by +, − and · is none. */
function degreeOf(name: string, given: readonly Known[]): number {
  const degrees = given.map(({ degree }) => degree);
  const [first, second] = degrees as [number, number];
  if (["add", "sub", "neg", "linear", "copy"].includes(name)) return Math.max(...degrees);
  if (name === "mul" || name === "bilinear") return first + second;
  if (name === "square") return 2 * first;
  if (name === "div" && second === 0) return first;
  return name === "pow" && given[1]!.least === 2 && given[1]!.most === 2 ? 2 * first : Infinity;
}

/** x·x, entry by entry; a column times its own row would be another matter. */
function isSquare({ name, operands: [a, b], aligned }: Operation): boolean {
  if (name !== "mul" || !aligned || !a || !b) return false;
  return "place" in a && "place" in b && a.place === b.place;
}

type Rule = (given: readonly Shape[]) => Shape;

const flipped: Record<Curving, Curving> = {
  constant: "constant",
  affine: "affine",
  convex: "concave",
  concave: "convex",
  open: "open",
};

/** What a sum of two such values is, or a list made of both. */
function both(a: Curving, b: Curving): Curving {
  if (a === b || b === "constant") return a;
  if (a === "constant") return b;
  if (a === "affine") return b;
  return b === "affine" ? a : "open";
}

const negated = ({ curving, least, most }: Shape): Shape => ({
  curving: flipped[curving],
  least: -most,
  most: -least,
});

const sumOf: Rule = (given) =>
  given.reduce((a, b) => ({
    curving: both(a.curving, b.curving),
    least: a.least + b.least,
    most: a.most + b.most,
  }));

/** A factor that never changes keeps the shape, or turns it over; a vector of both signs keeps affine ones. */
function timesConstant(value: Shape, { least, most }: Shape): Shape {
  if (least >= 0) return { ...signOnly(value), curving: value.curving };
  if (most <= 0) return { ...signOnly(negated(value)), curving: flipped[value.curving] };
  return { curving: value.curving === "affine" ? "affine" : "open", ...anything };
}

/** After a factor of unknown size only the sign is left. */
const signOnly = ({ least, most }: Pick<Shape, "least" | "most">) => ({
  least: least >= 0 ? 0 : -Infinity,
  most: most <= 0 ? 0 : Infinity,
});

/** Entries of all of them side by side, or sums of such. */
const signsOf = (given: readonly Shape[]) =>
  signOnly({
    least: Math.min(...given.map(({ least }) => least)),
    most: Math.max(...given.map(({ most }) => most)),
  });

const productOf: Rule = (given) => {
  const [a, b] = given;
  if (!b) return squareOf([a!]);
  if (b.curving === "constant") return timesConstant(a!, b);
  if (a!.curving === "constant") return timesConstant(b, a!);
  return { curving: "open", ...anything };
};

const quotientOf: Rule = ([a, b]) => {
  if (b!.curving !== "constant" || (b!.least <= 0 && b!.most >= 0))
    return { curving: "open", ...anything };
  return timesConstant(a!, b!);
};

const squareOf: Rule = ([u]) => {
  const { curving, least } = u!;
  const convex = curving === "affine" || (curving === "convex" && least >= 0);
  return { curving: convex ? "convex" : "open", least: 0, most: Infinity };
};

/** An even power is convex like the square; a power from 1 on of what is never negative, too. */
const powerOf: Rule = ([base, exponent]) => {
  const { curving, least, most } = exponent!;
  const even = curving === "constant" && least === most && least >= 2 && least % 2 === 0;
  if (even) return squareOf([base!]);
  const rises = curving === "constant" && least >= 1 && base!.least >= 0;
  return rises ? risingConvex(0)([base!]) : { curving: "open", ...anything };
};

const absoluteOf: Rule = (given) =>
  given[0]!.curving === "convex" && given[0]!.least >= 0
    ? given[0]!
    : { ...squareOf(given), least: 0 };

/** A convex function that rises: of an affine or a convex one it is convex. */
const risingConvex =
  (least: number): Rule =>
  ([u]) => ({
    curving: u!.curving === "affine" || u!.curving === "convex" ? "convex" : "open",
    least,
    most: Infinity,
  });

/** A concave function that rises: of an affine or a concave one it is concave. */
const risingConcave: Rule = ([u]) => ({
  curving: u!.curving === "affine" || u!.curving === "concave" ? "concave" : "open",
  ...anything,
});

const largestOf: Rule = (given) => {
  const all = given.map(({ curving }) => curving);
  const convex = all.every((curving) => ["constant", "affine", "convex"].includes(curving));
  return {
    curving: convex ? "convex" : "open",
    least: Math.max(...given.map(({ least }) => least)),
    most: Math.max(...given.map(({ most }) => most)),
  };
};

const smallestOf: Rule = (given) => negated(largestOf(given.map(negated)));

/** Entries of two kinds side by side: a constant says where each comes from. */
const chosenFrom: Rule = ([condition, yes, no]) => ({
  curving: condition!.curving === "constant" ? both(yes!.curving, no!.curving) : "open",
  least: Math.min(yes!.least, no!.least),
  most: Math.max(yes!.most, no!.most),
});

/** A loss that is known to be convex by its first argument. */
const convexOfAffine: Rule = ([u, y]) => ({
  curving: u!.curving === "affine" && y!.curving === "constant" ? "convex" : "open",
  ...anything,
});

const rulesByName: Readonly<Record<string, Rule>> = {
  add: sumOf,
  sub: ([a, b]) => sumOf([a!, negated(b!)]),
  neg: ([a]) => negated(a!),
  mul: productOf,
  bilinear: (given) => ({ ...productOf(given), ...anything }),
  div: quotientOf,
  linear: (given) => ({ ...signsOf(given), curving: sumOf(given).curving }),
  copy: ([a]) => a!,
  square: squareOf,
  pow: powerOf,
  abs: absoluteOf,
  relu: risingConvex(0),
  exp: risingConvex(0),
  expm1: risingConvex(-1),
  softplus: risingConvex(0),
  log: risingConcave,
  log1p: risingConcave,
  sqrt: risingConcave,
  max: largestOf,
  maximum: largestOf,
  atLeast: largestOf,
  min: smallestOf,
  minimum: smallestOf,
  atMost: smallestOf,
  where: chosenFrom,
  roundedOff: () => ({ curving: "constant", ...anything }),
  "Poisson loss of log rates": convexOfAffine,
  "Poisson loss of rates": convexOfAffine,
};
