export { endsOfHessian } from "./endsOfHessian.ts";
export { type Objective, objectiveOf } from "./Objective.ts";
export type { ParameterChord, ParameterConvexityReport } from "./ParameterConvexityReport.ts";
export {
  type ModelAndLoss,
  type ParameterOptions,
  parameterConvexity,
} from "./parameterConvexity.ts";
