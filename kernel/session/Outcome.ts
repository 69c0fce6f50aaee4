import type { Shown } from "./cellOutput.ts";
import type { Death } from "./death.ts";
import type { Judging } from "./judging.ts";
import { type ErrorContent, errorContent, type Sources } from "./traceback.ts";
import type { Ending } from "./Underway.ts";

/** How a cell ended. */
export type Outcome =
  | { readonly status: "ok"; readonly shown?: Shown }
  | { readonly status: "error"; readonly error: ErrorContent };

type Failed = Extract<Outcome, { status: "error" }>;

/** What an ending means for the cell; where there is a judge, it says what a grade is shown as. */
export function outcomeOf(ending: Ending, sources: Sources, judging: Judging | undefined): Outcome {
  switch (ending.type) {
    case "done": {
      const { data, metadata } = ending;
      if (!data || !metadata) return { status: "ok" };
      const shown = { data, metadata };
      return { status: "ok", shown: judging?.shown(shown) ?? shown };
    }
    case "failed":
      return { status: "error", error: errorContent(ending.failure, sources) };
    case "interrupted":
      return interrupted;
    case "died":
      return plainError(ending.death);
  }
}

/** An error without a place in the code, such as the end of a process. */
export const plainError = ({ ename, evalue }: Death): Failed => ({
  status: "error",
  error: errorContent({ ename, evalue, stack: [] }, () => undefined),
});

/** What stands in a cell in place of an output that cannot be passed on. */
export const lostOutput = (error: unknown): Failed =>
  plainError({ ename: "LostOutput", evalue: String(error) });

/** The end of a cell that a person stopped. */
export const interrupted: Outcome = plainError({
  ename: "KeyboardInterrupt",
  evalue: "The cell was interrupted. Variables keep the values they had.",
});
