export { accuracy } from "./accuracy.ts";
export type { AverageOptions } from "./averaged.ts";
export { balancedAccuracy } from "./balancedAccuracy.ts";
export { brier } from "./brier.ts";
export { type Calibration, calibration } from "./calibration.ts";
export type { Rows } from "./classTable.ts";
export { type ConfusionMatrix, confusionMatrix } from "./confusionMatrix.ts";
export { mae, medianAbsoluteError, mse, rmse } from "./errors.ts";
export { f1 } from "./f1.ts";
export { logLoss } from "./logLoss.ts";
export { mcc } from "./mcc.ts";
export type { Numbers } from "./numbers.ts";
export { precision } from "./precision.ts";
export {
  averagePrecision,
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from "./precisionRecallCurve.ts";
export { r2 } from "./r2.ts";
export { recall } from "./recall.ts";
export { type RocCurve, rocAuc, rocCurve } from "./rocCurve.ts";
