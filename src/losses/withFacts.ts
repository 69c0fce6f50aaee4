import { shownAs } from "../shown.ts";
import { display } from "./display.ts";
import type { AnyLoss } from "./Loss.ts";

/** A function that carries its facts: how every loss, of numbers or of rows, is put together. */
export function withFacts<Kind extends AnyLoss>(
  compute: (...given: Parameters<AnyLoss>) => ReturnType<AnyLoss>,
  facts: Omit<Kind, never>,
): Kind {
  for (const [key, value] of Object.entries(facts))
    Object.defineProperty(compute, key, { value, enumerable: true });
  return shownAs(compute, () => display(facts)) as unknown as Kind; // it has just got each of its facts
}
