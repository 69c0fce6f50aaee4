import { ClaimError } from "./ClaimError.ts";
import { bundle, jupyterDisplay, oneLine, type Shown } from "./shown.ts";
import { isPromise, kindOf, written } from "./written.ts";

/** Named values that a claim rests on; they are shown beside it. */
export type Evidence = Readonly<Record<string, unknown>>;

/** A sentence that was true when its cell ran. */
export interface Claim extends Shown {
  readonly sentence: string;
  readonly evidence: Evidence;
}

/**
 * Says something and checks it. A false claim throws, so a notebook that runs to its end has told
 * the truth in every number that it claims.
 *
 * @param sentence What is claimed, with its numbers, as the reader should remember it.
 * @param condition Whether it holds; a function is called.
 * @param evidence Values to show beside the sentence, true or false.
 * @throws ClaimError when the condition is false.
 * @example
 * claim("The mean of 1, 2 and 6 is 3", (1 + 2 + 6) / 3 === 3).sentence   // → "The mean of 1, 2 and 6 is 3"
 * claim("The mean of 1, 2 and 6 is 2", (1 + 2 + 6) / 3 === 2)   // throws ClaimError
 */
export function claim(
  sentence: string,
  condition: boolean | (() => boolean),
  evidence: Evidence = {},
): Claim {
  const said = oneLine(sentence);
  const holds: unknown = typeof condition === "function" ? condition() : condition;
  if (typeof holds !== "boolean") throw notACondition(holds);
  if (!holds) throw new ClaimError(falseHere(said, evidence));
  return { sentence: said, evidence, [jupyterDisplay]: () => bundle(trueHere(said, evidence)) };
}

/** `a = 1, b = 2`: the evidence in one line. */
export function listed(evidence: Evidence): string {
  return Object.entries(evidence)
    .map(([name, value]) => `${name} = ${written(value)}`)
    .join(", ");
}

function trueHere(sentence: string, evidence: Evidence): string {
  const values = listed(evidence);
  return `✓ **Checked:** ${sentence}${values && `  \n\`${values}\``}`;
}

function falseHere(sentence: string, evidence: Evidence): string {
  const values = listed(evidence);
  return [
    `This claim is false here: “${sentence}”.`,
    ...(values ? [`Measured: ${values}.`] : []),
    "Hint: run the cells above in order. If you changed a number on purpose, you have just found what the claim depends on.",
  ].join("\n");
}

function notACondition(value: unknown): TypeError {
  const hint = isPromise(value)
    ? "put await before it"
    : "compare something, for example Math.abs(mean - 22) < 1e-9";
  return new TypeError(
    `claim needs true or false as its second argument, but this one is ${kindOf(value)}.\nHint: ${hint}.`,
  );
}
