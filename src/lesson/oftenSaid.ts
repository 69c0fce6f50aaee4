import { type Claim, claim, type Evidence, listed } from "./claim.ts";
import { bundle, jupyterDisplay, oneLine } from "./shown.ts";

/** A common sentence, the one to put in its place, and that the second was true when its cell ran. */
export interface OftenSaid extends Claim {
  readonly said: string;
}

/**
 * Puts a sentence that one often reads beside what is true, and demonstrates the truth: like
 * {@link claim}, it throws when the demonstration fails.
 *
 * @param said The sentence as it is often met.
 * @param truth What to remember instead.
 * @param demonstration Whether the truth holds; a function is called.
 * @param evidence Values to show below.
 * @throws ClaimError when the demonstration is false.
 * @example
 * oftenSaid("A mean is a typical value.", "One outlier moves it anywhere.", (1 + 2 + 300) / 3 > 100).said   // → "A mean is a typical value."
 */
export function oftenSaid(
  said: string,
  truth: string,
  demonstration: boolean | (() => boolean),
  evidence: Evidence = {},
): OftenSaid {
  const held = claim(truth, demonstration, evidence);
  const values = listed(evidence);
  const box = [
    `> **Often said:** ${oneLine(said)}`,
    ">",
    `> **What is true:** ${held.sentence}`,
    ...(values ? [">", `> \`${values}\``] : []),
  ].join("\n");
  return { ...held, said: oneLine(said), [jupyterDisplay]: () => bundle(box) };
}
