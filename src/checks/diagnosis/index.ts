export { type Diagnosis, diagnose } from "./diagnose.ts";
export type { RunRecord } from "./RunRecord.ts";
