import type { Shown } from "./cellOutput.ts";
import type { Death } from "./death.ts";
import { type ErrorContent, errorContent } from "./traceback.ts";

/** How a cell ended. */
export type Outcome =
  | { readonly status: "ok"; readonly shown?: Shown }
  | { readonly status: "error"; readonly error: ErrorContent };

/** An error without a place in the code, such as the end of a process. */
export const plainError = ({ ename, evalue }: Death): Outcome => ({
  status: "error",
  error: errorContent({ ename, evalue, stack: [] }, () => undefined),
});
