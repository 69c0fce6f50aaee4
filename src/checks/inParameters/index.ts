export type { ParameterChord, ParameterConvexityReport } from "./ParameterConvexityReport.ts";
export {
  type ModelAndLoss,
  type ParameterOptions,
  parameterConvexity,
} from "./parameterConvexity.ts";
