export { type Activation, type ActivationName, activations } from "./activations.ts";
export { defineModel, type ModelFacts } from "./defineModel.ts";
export type { Dense, Init, InitOptions } from "./dense.ts";
export { type LinearOptions, linear } from "./linear.ts";
export { type LogisticOptions, logistic } from "./logistic.ts";
export type { Model, PredictOptions } from "./Model.ts";
export { type Mlp, type MlpOptions, type MlpParameters, mlp } from "./mlp.ts";
export { type SoftmaxOptions, softmax } from "./softmax.ts";
