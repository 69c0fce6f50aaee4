export { type Claim, ClaimError, claim, type Evidence } from "./claim.ts";
export { type CaseSheet, exercise } from "./exercise.ts";
export { type Grade, type GradedRow, type GradedTest, graded, near } from "./graded.ts";
export { type Gradient, type GradientSheet, gradientExercise } from "./gradientExercise.ts";
export { type Hints, hint } from "./hint.ts";
export { type OftenSaid, oftenSaid } from "./oftenSaid.ts";
export { type Prediction, predict, type Reveal } from "./predict.ts";
export type { Attempt, Exercise, Feedback, Judgement, Mistake, Sheet } from "./sheet.ts";
export type { Progress } from "./shown.ts";
