export type { Cause, CauseKind } from "./Cause.ts";
export type { GradCheckGroup, GradCheckReport, GradCheckRow } from "./GradCheckReport.ts";
export { type GradCheckOptions, gradCheck } from "./gradCheck.ts";
