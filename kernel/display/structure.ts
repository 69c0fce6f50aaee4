import { inspect, types } from "node:util";
import { withoutInside } from "./calls.ts";
import { asText, type Show } from "./Shown.ts";

/** Arrays, maps, class instances, errors, promises and functions as Node writes them, cut with a count when long. */
export const structure: Show = (value) => asText(text(value));

/** The same as a text. An object of very many keys is cut too, because a notebook with it could not be opened. */
export function text(value: unknown): string {
  if (types.isPromise(value)) hideMarks(value);
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

/** Once something has asked Node to follow promises, as node:test does, each has two numbers that only Node reads. */
function hideMarks(promise: Promise<unknown>): void {
  for (const symbol of Object.getOwnPropertySymbols(promise)) {
    if (marks.has(symbol.description))
      Reflect.defineProperty(promise, symbol, { enumerable: false });
  }
}

const marks: ReadonlySet<string | undefined> = new Set([
  "async_id_symbol",
  "trigger_async_id_symbol",
]);

/** Characters. */
const longest = 100_000;
