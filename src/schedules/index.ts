export { type ConstantRateOptions, constantRate } from "./constantRate.ts";
export { type CosineDecayOptions, cosineDecay } from "./cosineDecay.ts";
export { type CosineRestartsOptions, cosineRestarts } from "./cosineRestarts.ts";
export { type CyclicOptions, cyclic } from "./cyclic.ts";
export { type ExponentialDecayOptions, exponentialDecay } from "./exponentialDecay.ts";
export { type InverseSqrtOptions, inverseSqrt } from "./inverseSqrt.ts";
export { type InverseTimeOptions, inverseTime } from "./inverseTime.ts";
export {
  type FoundRate,
  type LearningRateFinder,
  type LearningRateFinderOptions,
  learningRateFinder,
} from "./learningRateFinder.ts";
export { type MultiStepDecayOptions, multiStepDecay } from "./multiStepDecay.ts";
export { type OneCycleOptions, oneCycle } from "./oneCycle.ts";
export { type PolynomialDecayOptions, polynomialDecay } from "./polynomialDecay.ts";
export {
  type PlateauSchedule,
  type PlateauState,
  type ReduceOnPlateauOptions,
  reduceOnPlateau,
} from "./reduceOnPlateau.ts";
export { defineSchedule, type Schedule, type ScheduleFacts } from "./Schedule.ts";
export { type StepDecayOptions, stepDecay } from "./stepDecay.ts";
export { type WarmUpOptions, warmUp } from "./warmUp.ts";
