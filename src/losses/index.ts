export { defineLoss, type LossFacts } from "./defineLoss.ts";
export type {
  AnyLoss,
  Argument,
  CurveOptions,
  Facts,
  FormulaPiece,
  Loss,
  LossCurve,
  LossOptions,
  Reduction,
  RowLoss,
  Targets,
} from "./Loss.ts";
export { mae } from "./mae.ts";
export { mse } from "./mse.ts";
