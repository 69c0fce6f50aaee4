// Puts the operations on tensors as methods.
import "./methods.ts";

export {
  abs,
  add,
  clamp,
  cos,
  div,
  equal,
  exp,
  expm1,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  logSigmoid,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  reciprocal,
  relu,
  roundedOff,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  tanh,
  where,
} from "./arithmetic.ts";
export { type Compiled, compile } from "./compile.ts";
export { defineOperation, type OperationFacts } from "./defineOperation.ts";
export {
  type FlatPart,
  type Flattened,
  flatten,
  type RestoredOf,
  type TensorsOf,
} from "./flatten.ts";
export { grad, type ValueAndGradient, valueAndGrad } from "./grad.ts";
export { gather, oneHot, pick, slice } from "./indexing.ts";
export { iterate } from "./iterate.ts";
export { hessian, jacobian } from "./jacobian.ts";
export { at, concat, reshape, spreadTo, stack, transpose } from "./layout.ts";
export {
  arange,
  eye,
  full,
  linspace,
  ones,
  type TensorOptions,
  tensor,
  zeros,
} from "./makers.ts";
export { matmul } from "./matmul.ts";
export { type Operand, type Operation, operationsOf } from "./operations.ts";
export type { Given, GradientOf, Parameters } from "./parameters.ts";
export { type Probe, probing } from "./probing.ts";
export { hvp, jvp, vjp } from "./products.ts";
export { type Random, random } from "./random.ts";
export {
  argMax,
  argMin,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  type ReduceOptions,
  softmax,
  sum,
} from "./reduce.ts";
export { type Shape, ShapeError } from "./shape.ts";
export { type DType, type Nested, Tensor, type TensorLike, type Values } from "./Tensor.ts";
export type { Pullback, Pullbacks } from "./tape.ts";
export { unwatched } from "./trace.ts";
