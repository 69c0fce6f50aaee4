import * as arithmetic from "./arithmetic.ts";
import * as indexing from "./indexing.ts";
import * as layout from "./layout.ts";
import { matmul } from "./matmul.ts";
import * as reduce from "./reduce.ts";
import { item, text, toArray } from "./show.ts";
import { Tensor } from "./Tensor.ts";

/** Every operation whose first argument is a tensor is also a method: `add(x, y)` is `x.add(y)`. */
const methods = {
  add: arithmetic.add,
  sub: arithmetic.sub,
  mul: arithmetic.mul,
  div: arithmetic.div,
  pow: arithmetic.pow,
  neg: arithmetic.neg,
  square: arithmetic.square,
  sqrt: arithmetic.sqrt,
  reciprocal: arithmetic.reciprocal,
  abs: arithmetic.abs,
  sign: arithmetic.sign,
  exp: arithmetic.exp,
  expm1: arithmetic.expm1,
  log: arithmetic.log,
  log1p: arithmetic.log1p,
  sin: arithmetic.sin,
  cos: arithmetic.cos,
  tanh: arithmetic.tanh,
  sigmoid: arithmetic.sigmoid,
  softplus: arithmetic.softplus,
  logSigmoid: arithmetic.logSigmoid,
  relu: arithmetic.relu,
  equal: arithmetic.equal,
  notEqual: arithmetic.notEqual,
  less: arithmetic.less,
  lessEqual: arithmetic.lessEqual,
  greater: arithmetic.greater,
  greaterEqual: arithmetic.greaterEqual,
  minimum: arithmetic.minimum,
  maximum: arithmetic.maximum,
  clamp: arithmetic.clamp,
  sum: reduce.sum,
  mean: reduce.mean,
  max: reduce.max,
  min: reduce.min,
  argMax: reduce.argMax,
  argMin: reduce.argMin,
  logSumExp: reduce.logSumExp,
  softmax: reduce.softmax,
  logSoftmax: reduce.logSoftmax,
  matmul,
  reshape: layout.reshape,
  transpose: layout.transpose,
  slice: indexing.slice,
  at: layout.at,
  gather: indexing.gather,
  pick: indexing.pick,
  spreadTo: layout.spreadTo,
  item,
  toArray,
  toString: text,
};

type Table = typeof methods;

/** The operations as methods of a tensor: the same functions without their first argument. */
export type Methods = {
  readonly [Name in keyof Table]: Table[Name] extends (
    first: never,
    ...rest: infer Rest
  ) => infer Result
    ? (...rest: Rest) => Result
    : never;
};

for (const [name, operation] of Object.entries(methods)) {
  const run = operation as (tensor: Tensor, a: unknown, b: unknown, c: unknown) => unknown;
  Object.defineProperty(Tensor.prototype, name, {
    // Three are as many as any of them takes, and what is left out is undefined either way. Passing on a list
    // of whatever came would cost as much as a short operation.
    value(this: Tensor, a: unknown, b: unknown, c: unknown) {
      return run(this, a, b, c);
    },
  });
}
