/** What each operation on one number computes. */
export const unaryFormulas = {
  neg: (x: number) => -x,
  square: (x: number) => x * x,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x: number) => {
    const e = Math.exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  },
  softplus: (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  relu: (x: number) => Math.max(x, 0),
  reciprocal: (x: number) => 1 / x,
} as const satisfies Record<string, (x: number) => number>;

/** What each operation on two numbers computes. A comparison gives 1 or 0. */
export const binaryFormulas = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  pow: (x: number, y: number) => x ** y,
  minimum: Math.min,
  maximum: Math.max,
  equal: (x: number, y: number) => Number(x === y),
  notEqual: (x: number, y: number) => Number(x !== y),
  less: (x: number, y: number) => Number(x < y),
  lessEqual: (x: number, y: number) => Number(x <= y),
  greater: (x: number, y: number) => Number(x > y),
  greaterEqual: (x: number, y: number) => Number(x >= y),
} as const satisfies Record<string, (x: number, y: number) => number>;

export type UnaryName = keyof typeof unaryFormulas;
export type BinaryName = keyof typeof binaryFormulas;
