import fc from "fast-check";
import {
  bce,
  bceWithLogits,
  cauchy,
  contrastive,
  exponential,
  focal,
  hinge,
  hingeEmbedding,
  huber,
  type Loss,
  logCosh,
  logistic,
  mae,
  mape,
  marginRanking,
  mse,
  msle,
  poissonNll,
  pseudoHuber,
  quantile,
  smoothL1,
  squaredHinge,
  triplet,
  tukey,
  weightedBce,
  weightedBceAsPrinted,
  welsch,
} from "../../src/index.ts";

/** Every loss of one number per sample, with settings that matter. A new loss joins by being listed. */
export const losses: readonly Loss[] = [
  mse(),
  msle(),
  mae(),
  mape(),
  huber(),
  huber({ delta: 0.1 }),
  huber({ delta: 10 }),
  smoothL1(),
  smoothL1({ beta: 0.2 }),
  logCosh(),
  quantile(),
  quantile({ level: 0.9 }),
  pseudoHuber(),
  pseudoHuber({ delta: 3 }),
  cauchy(),
  cauchy({ scale: 0.5 }),
  welsch(),
  welsch({ scale: 2 }),
  tukey(),
  tukey({ cutoff: 1 }),
  hinge(),
  squaredHinge(),
  marginRanking(),
  marginRanking({ margin: 0 }),
  marginRanking({ margin: 2.5 }),
  logistic(),
  exponential(),
  bce(),
  weightedBce({ positive: 0.8, negative: 0.2 }),
  weightedBceAsPrinted(),
  bceWithLogits(),
  bceWithLogits({ positiveWeight: 3 }),
  bceWithLogits({ positiveWeight: 0.5, labelSmoothing: 0.2 }),
  focal(),
  focal({ gamma: 0, alpha: 0.5 }),
  focal({ gamma: 5, alpha: 0.6 }),
  poissonNll(),
  poissonNll({ full: true }),
  poissonNll({ input: "rate" }),
  poissonNll({ input: "rate", full: true }),
  contrastive(),
  contrastive({ margin: 3 }),
  hingeEmbedding(),
  hingeEmbedding({ margin: 0.4 }),
  triplet(),
  triplet({ margin: 0.3 }),
];

/** Where an argument lies, if not everywhere. */
export const domains: Partial<Record<Loss["argument"], { min: number; max: number }>> = {
  probability: { min: 1e-3, max: 1 - 1e-3 },
  rate: { min: 1e-2, max: 50 },
  amount: { min: 1e-2, max: 50 },
  distance: { min: 1e-2, max: 10 },
};

/** Arguments that are no seam, nor so near to one that a difference quotient would straddle it. */
export const argumentsOf = (loss: Loss) =>
  fc
    .double({ ...(domains[loss.argument] ?? { min: -30, max: 30 }), noNaN: true })
    .filter((x) => loss.seams.every((seam) => Math.abs(x - seam) > 2e-3));

/** Targets as the loss wants them; a residual and a margin have taken theirs in. */
export const targetsOf = (loss: Loss): fc.Arbitrary<number> => {
  if (loss.argument.endsWith("residual")) return fc.constant(0);
  if (loss.argument === "margin") return fc.constant(1);
  if (loss.targets === "counts") return fc.integer({ min: 0, max: 20 });
  if (loss.targets === "amounts") return fc.double({ min: 0, max: 40, noNaN: true });
  if (loss.targets === "signs") return fc.constantFrom(-1, 1);
  if (loss.targets === "bits") return fc.constantFrom(0, 1);
  return fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
};
