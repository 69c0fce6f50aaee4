export type { Cause, CauseKind } from "./Cause.ts";
export type { AuthorFacts, GradientMistake } from "./causes/index.ts";
export type { Chord } from "./chord.ts";
export { type ConvexityReport, convexity } from "./convexity.ts";
export type { GradCheckGroup, GradCheckReport, GradCheckRow } from "./GradCheckReport.ts";
export { type GradCheckOptions, gradCheck } from "./gradCheck.ts";
