export type { Cause, CauseKind } from "./Cause.ts";
export type { ConvexityReport } from "./ConvexityReport.ts";
export type { AuthorFacts, GradientMistake } from "./causes/index.ts";
export type { Chord } from "./chord.ts";
export { convexity } from "./convexity.ts";
export { type Diagnosis, diagnose, type RunRecord } from "./diagnosis/index.ts";
export {
  type DifferentiabilityOptions,
  type DifferentiabilityReport,
  differentiability,
  type Kink,
} from "./differentiability.ts";
export type { GradCheckGroup, GradCheckReport, GradCheckRow } from "./GradCheckReport.ts";
export { type GradCheckOptions, gradCheck } from "./gradCheck.ts";
export { gradGradCheck, type HvpCheckOptions, hvpCheck } from "./gradGradCheck.ts";
export type { Item, Lesson } from "./Item.ts";
export type {
  ModelAndLoss,
  ParameterChord,
  ParameterConvexityReport,
  ParameterOptions,
} from "./inParameters/index.ts";
export { type DerivativeCheckOptions, jacobianCheck } from "./jacobianCheck.ts";
export {
  type PreflightReport,
  preflight,
  type TrainingPlan,
} from "./preflight/index.ts";
