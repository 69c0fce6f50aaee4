import type { Cause } from "../Cause.ts";
import { copyOf } from "../numbers.ts";
import type { ParameterLayout } from "../parameterLayout.ts";
import { isCause, readGradient } from "../readGradient.ts";
import { type AnyFunction, calledOn } from "../subject.ts";
import { type Numbers, near } from "./vectors.ts";

/** A wrong gradient that an author expects, and what to say to who writes it. */
export interface GradientMistake<P, B> {
  /** The gradient with the mistake in it. */
  readonly gradient: (parameters: P, batch: B) => unknown;
  /** What went wrong, as a sentence. */
  readonly says: string;
  readonly hints?: Cause["hints"];
}

/** The author's mistake that gives the very numbers under test, if one does. */
export function namedMistake(
  check: { readonly layout: ParameterLayout; readonly data: unknown; readonly yours: Numbers },
  mistakes: readonly GradientMistake<never, never>[],
): Cause | undefined {
  const { layout, data, yours } = check;
  const match = mistakes.find(({ gradient }) => {
    const called = calledOn(layout, gradient as AnyFunction, data);
    const numbers = readGradient(layout, called(layout.values, copyOf(data)));
    return !isCause(numbers) && near(yours, numbers, 1e-6);
  });
  if (!match) return undefined;
  return {
    kind: "named",
    place: layout.groups.map(({ name }) => name || "the whole gradient").join(", "),
    sentence: match.says,
    hints: match.hints ?? [
      "Read the sentence above, then the line of your code that it speaks of.",
      "Write the formula on paper and mark the place where your code departs from it.",
      "Change that one place and check again.",
    ],
  };
}
