import fc from "fast-check";
import { type Loss, mae, mse } from "../../src/index.ts";

/** Every loss of one number per sample, with settings that matter. A new loss joins by being listed. */
export const losses: readonly Loss[] = [mse(), mae()];

const domains: Partial<Record<Loss["argument"], { min: number; max: number }>> = {
  probability: { min: 1e-3, max: 1 - 1e-3 },
  rate: { min: 1e-2, max: 50 },
  distance: { min: 1e-2, max: 10 },
};

/** Arguments that are no seam, nor so near to one that a difference quotient would straddle it. */
export const argumentsOf = (loss: Loss) =>
  fc
    .double({ ...(domains[loss.argument] ?? { min: -30, max: 30 }), noNaN: true })
    .filter((x) => loss.seams.every((seam) => Math.abs(x - seam) > 2e-3));

/** Targets as the loss wants them; a residual and a margin have taken theirs in. */
export const targetsOf = (loss: Loss): fc.Arbitrary<number> => {
  if (loss.argument === "residual") return fc.constant(0);
  if (loss.argument === "margin") return fc.constant(1);
  if (loss.targets === "counts") return fc.integer({ min: 0, max: 20 });
  if (loss.argument === "distance") return fc.constantFrom(0, 1);
  return fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
};
