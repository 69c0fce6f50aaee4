export type { TrainingPlan } from "./Plan.ts";
export { type PreflightReport, preflight } from "./preflight.ts";
