import * as elementary from "./elementary.ts";
import type { Formula } from "./elementwise.ts";
import type { Code } from "./encode.ts";
import type { Lanes } from "./Lanes.ts";

const one = (l: Lanes): Code => l.constant(1);

/** 1 in lanes where the comparison holds, else 0. */
const comparison =
  (name: "eq" | "ne" | "lt" | "gt" | "le" | "ge"): Formula =>
  (l, x, y) =>
    l.and(l.compare(name, x!, y!), one(l));

/** −1, 0 or 1; NaN stays. */
const sign: Formula = (l, x) => {
  const size = l.select(
    l.compare("eq", x!, l.constant(0)),
    x!,
    l.or(one(l), l.and(x!, l.constant(-0))),
  );
  return l.select(l.compare("ne", x!, x!), x!, l.keep(size));
};

/** The operations that have a vector form. Those that have none (sin, cos, pow) run number by number. */
export const vectorFormulas = {
  neg: (l, x) => l.neg(x!),
  square: (l, x) => l.mul(x!, x!),
  sqrt: (l, x) => l.sqrt(x!),
  reciprocal: (l, x) => l.div(one(l), x!),
  abs: (l, x) => l.abs(x!),
  sign,
  exp: (l, x) => elementary.exp(l, x!),
  expm1: (l, x) => elementary.expm1(l, x!),
  log: (l, x) => elementary.log(l, x!),
  log1p: (l, x) => elementary.log1p(l, x!),
  tanh: (l, x) => elementary.tanh(l, x!),
  sigmoid: (l, x) => elementary.sigmoid(l, x!),
  softplus: (l, x) => elementary.softplus(l, x!),
  relu: (l, x) => l.atLeast(x!, l.constant(0)),
  copy: (_, x) => x!,
  add: (l, x, y) => l.add(x!, y!),
  sub: (l, x, y) => l.sub(x!, y!),
  mul: (l, x, y) => l.mul(x!, y!),
  div: (l, x, y) => l.div(x!, y!),
  minimum: (l, x, y) => l.min(x!, y!),
  maximum: (l, x, y) => l.max(x!, y!),
  /** maximum and minimum for a limit y that is a number: one instruction, and a NaN in x stays. */
  atLeast: (l, x, y) => l.atLeast(x!, y!),
  atMost: (l, x, y) => l.atMost(x!, y!),
  equal: comparison("eq"),
  notEqual: comparison("ne"),
  less: comparison("lt"),
  lessEqual: comparison("le"),
  greater: comparison("gt"),
  greaterEqual: comparison("ge"),
  /** g·2x: how a gradient passes a square. */
  squarePull: (l, g, x) => l.mul(g!, l.mul(x!, l.constant(2))),
  /** g·(1 − y²): how a gradient passes tanh, from its result. */
  tanhPull: (l, g, y) => l.mul(g!, l.sub(one(l), l.mul(y!, y!))),
  /** What rounding took from x − y; 0 where that is infinite. */
  roundedOff: (l, x, y) => {
    const difference = l.keep(l.sub(x!, y!));
    const part = l.keep(l.sub(difference, x!));
    const off = l.keep(l.sub(l.sub(x!, l.sub(difference, part)), l.add(y!, part)));
    return l.and(l.compare("eq", off, off), off);
  },
  where: (l, condition, x, y) => l.select(l.compare("ne", condition!, l.constant(0)), x!, y!),
} as const satisfies Record<string, Formula>;

export type VectorName = keyof typeof vectorFormulas;
