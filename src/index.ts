export * from "./checks/index.ts";
export {
  type Curvature,
  type CurvatureOptions,
  curvature,
  type StableRateOptions,
  stableRate,
} from "./curvature/index.ts";
export * as datasets from "./data/index.ts";
export * from "./engine/index.ts";
export * from "./lesson/index.ts";
export * from "./losses/index.ts";
export * as metrics from "./metrics/index.ts";
export * as models from "./models/index.ts";
export * from "./optimizers/index.ts";
export * as plot from "./plot/index.ts";
export * from "./schedules/index.ts";
export {
  type ConvexitySubject,
  type Derivation,
  type DerivationStep,
  derive,
  FormulaError,
  type FormulaOptions,
} from "./symbolic/index.ts";
export * from "./training/index.ts";
