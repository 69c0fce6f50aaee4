import { inspect } from "node:util";
import { withoutInside } from "./calls.ts";
import { asText, type Show } from "./Shown.ts";

/** Arrays, maps, class instances, errors, promises and functions as Node writes them, cut with a count when long. */
export const structure: Show = (value) => asText(text(value));

/** The same as a text. An object of very many keys is cut too, because a notebook with it could not be opened. */
export function text(value: unknown): string {
  const written = inspect(value, {
    depth: 4,
    maxArrayLength: 100,
    maxStringLength: 10_000,
    breakLength: 80,
    colors: false,
  });
  const whole = withoutInside(written);
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, longest)}\n… ${whole.length - longest} more characters`;
}

/** Characters. */
const longest = 100_000;
