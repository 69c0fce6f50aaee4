import fc from "fast-check";
import {
  categoricalCrossEntropy,
  cosine,
  dice,
  gaussianNll,
  iou,
  klDivergence,
  multiclassHinge,
  multilabelMargin,
  nll,
  type RowLoss,
  softF1,
  sparseCategoricalCrossEntropy,
  tversky,
} from "../../src/index.ts";

export type Target = number | readonly number[];
export interface Case {
  readonly loss: RowLoss<never>;
  /** Rows within the loss's domain, away from its seams. */
  readonly rows: fc.Arbitrary<number[]>;
  readonly targets: fc.Arbitrary<Target>;
}

const width = 4;
const within = (min: number, max: number, length = width) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: length, maxLength: length });
const logits = within(-20, 20);
const shares = within(0.01, 0.99);
const distribution = shares.map((row) => {
  const total = row.reduce((sum, share) => sum + share, 0);
  return row.map((share) => share / total);
});
const logarithms = distribution.map((row) => row.map(Math.log));
const classes = fc.integer({ min: 0, max: width - 1 });
const oneHot = classes.map((y) => Array.from({ length: width }, (_, c) => Number(c === y)));
const bits = fc
  .array(fc.constantFrom(0, 1), { minLength: width - 1, maxLength: width - 1 })
  .map((row) => [1, ...row]);
/** Any labels, among them all and none. */
const labels = fc.array(fc.constantFrom(0, 1), { minLength: width, maxLength: width });
/** No class just a margin behind another, and no two leads alike, so that no seam is straddled. */
const ranked = fc
  .shuffledSubarray([-3.1, -1.7, 0.2, 0.9, 2.4, 5], { minLength: width, maxLength: width })
  .chain((row) => within(-0.05, 0.05).map((noise) => row.map((z, i) => z + noise[i]!)));
const directed = within(-3, 3).filter((row) => Math.hypot(...row) > 0.3);

const classWeights = [1, 2, 0.5, 3];

/** Every loss of rows, with settings that matter. A new loss joins by being listed. */
export const rowLosses: readonly Case[] = [
  { loss: categoricalCrossEntropy(), rows: logits, targets: fc.oneof(oneHot, distribution) },
  { loss: categoricalCrossEntropy({ from: "probabilities" }), rows: shares, targets: distribution },
  {
    loss: categoricalCrossEntropy({ from: "log-probabilities" }),
    rows: logarithms,
    targets: oneHot,
  },
  {
    loss: categoricalCrossEntropy({ labelSmoothing: 0.2, classWeights }),
    rows: logits,
    targets: oneHot,
  },
  { loss: sparseCategoricalCrossEntropy(), rows: logits, targets: classes },
  {
    loss: sparseCategoricalCrossEntropy({ from: "probabilities" }),
    rows: shares,
    targets: classes,
  },
  { loss: sparseCategoricalCrossEntropy({ classWeights }), rows: logits, targets: classes },
  {
    loss: sparseCategoricalCrossEntropy({ labelSmoothing: 0.2, classWeights }),
    rows: logits,
    targets: classes,
  },
  { loss: nll(), rows: logarithms, targets: classes },
  { loss: nll({ classWeights }), rows: logarithms, targets: classes },
  { loss: klDivergence(), rows: logits, targets: distribution },
  { loss: klDivergence({ from: "probabilities" }), rows: shares, targets: distribution },
  { loss: multiclassHinge(), rows: ranked, targets: classes },
  { loss: multiclassHinge({ variant: "sum" }), rows: ranked, targets: classes },
  { loss: multiclassHinge({ variant: "torch", margin: 2 }), rows: ranked, targets: classes },
  { loss: multilabelMargin(), rows: ranked, targets: labels },
  { loss: multilabelMargin({ margin: 2 }), rows: ranked, targets: labels },
  {
    loss: gaussianNll(),
    rows: fc.tuple(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.3, max: 5, noNaN: true }),
    ),
    targets: fc.double({ min: -3, max: 3, noNaN: true }),
  },
  {
    loss: gaussianNll({ full: true }),
    rows: fc.tuple(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.3, max: 5, noNaN: true }),
    ),
    targets: fc.double({ min: -3, max: 3, noNaN: true }),
  },
  { loss: tversky(), rows: shares, targets: bits },
  { loss: dice(), rows: shares, targets: bits },
  { loss: dice({ smoothing: 0 }), rows: shares, targets: bits },
  { loss: iou(), rows: shares, targets: bits },
  { loss: softF1(), rows: shares, targets: bits },
  { loss: cosine(), rows: directed, targets: directed },
] as readonly Case[];
