export { bce } from "./bce.ts";
export { type BceWithLogitsOptions, bceWithLogits } from "./bceWithLogits.ts";
export {
  type CategoricalCrossEntropyOptions,
  categoricalCrossEntropy,
} from "./categoricalCrossEntropy.ts";
export { type CauchyOptions, cauchy } from "./cauchy.ts";
export { type ContrastiveOptions, contrastive } from "./contrastive.ts";
export { cosine } from "./cosine.ts";
export { defineLoss, type LossFacts } from "./defineLoss.ts";
export { defineRowLoss, type RowLossFacts } from "./defineRowLoss.ts";
export { type DiceOptions, dice } from "./dice.ts";
export { exponential } from "./exponential.ts";
export { type FocalOptions, focal } from "./focal.ts";
export { type GaussianNllOptions, gaussianNll } from "./gaussianNll.ts";
export { hinge } from "./hinge.ts";
export { type HingeEmbeddingOptions, hingeEmbedding } from "./hingeEmbedding.ts";
export { type HuberOptions, huber } from "./huber.ts";
export { type IouOptions, iou } from "./iou.ts";
export { type KlDivergenceOptions, klDivergence } from "./klDivergence.ts";
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
export { mape } from "./mape.ts";
export { type MarginRankingOptions, marginRanking } from "./marginRanking.ts";
export { mse } from "./mse.ts";
export { msle } from "./msle.ts";
export { type MulticlassHingeOptions, multiclassHinge } from "./multiclassHinge.ts";
export { type MultilabelMarginOptions, multilabelMargin } from "./multilabelMargin.ts";
export { type NllOptions, nll } from "./nll.ts";
export { type PoissonNllOptions, poissonNll } from "./poissonNll.ts";
export { type PseudoHuberOptions, pseudoHuber } from "./pseudoHuber.ts";
export { type QuantileOptions, quantile } from "./quantile.ts";
export { rowDistance } from "./rowDistance.ts";
export { type SmoothL1Options, smoothL1 } from "./smoothL1.ts";
export { softF1 } from "./softF1.ts";
export {
  type SparseCategoricalCrossEntropyOptions,
  sparseCategoricalCrossEntropy,
} from "./sparseCategoricalCrossEntropy.ts";
export { squaredHinge } from "./squaredHinge.ts";
export type { Scores } from "./surprise.ts";
export { type TripletOptions, triplet } from "./triplet.ts";
export { type TukeyOptions, tukey } from "./tukey.ts";
export { type TverskyOptions, tversky } from "./tversky.ts";
export { type WeightedBceOptions, weightedBce } from "./weightedBce.ts";
export { weightedBceAsPrinted } from "./weightedBceAsPrinted.ts";
export { type WelschOptions, welsch } from "./welsch.ts";
