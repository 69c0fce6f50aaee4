export { bce } from "./bce.ts";
export { type BceWithLogitsOptions, bceWithLogits } from "./bceWithLogits.ts";
export { type CauchyOptions, cauchy } from "./cauchy.ts";
export { type ContrastiveOptions, contrastive } from "./contrastive.ts";
export { defineLoss, type LossFacts } from "./defineLoss.ts";
export { exponential } from "./exponential.ts";
export { type FocalOptions, focal } from "./focal.ts";
export { hinge } from "./hinge.ts";
export { type HuberOptions, huber } from "./huber.ts";
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
export { logCosh } from "./logCosh.ts";
export { logistic } from "./logistic.ts";
export { mae } from "./mae.ts";
export { mse } from "./mse.ts";
export { type PoissonNllOptions, poissonNll } from "./poissonNll.ts";
export { type PseudoHuberOptions, pseudoHuber } from "./pseudoHuber.ts";
export { type QuantileOptions, quantile } from "./quantile.ts";
export { rowDistance } from "./rowDistance.ts";
export { type SmoothL1Options, smoothL1 } from "./smoothL1.ts";
export { squaredHinge } from "./squaredHinge.ts";
export { type TripletOptions, triplet } from "./triplet.ts";
export { type TukeyOptions, tukey } from "./tukey.ts";
export { type WeightedBceOptions, weightedBce } from "./weightedBce.ts";
export { weightedBceAsPrinted } from "./weightedBceAsPrinted.ts";
export { type WelschOptions, welsch } from "./welsch.ts";
