import { inspect } from "node:util";
import { asText, type Show } from "./Shown.ts";

/** Arrays, maps, class instances, errors, promises and functions as Node writes them, cut with a count when long. */
export const structure: Show = (value) =>
  asText(
    inspect(value, {
      depth: 4,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      breakLength: 80,
      colors: false,
    }),
  );
