import { shownAs } from "../shown.ts";
import type { Chord } from "./chord.ts";

/** Whether a function is convex, why, or why not. */
export interface ConvexityReport {
  /** The strongest of these that is proved; a quasiconvex or concave function is not convex. */
  readonly verdict:
    | "convex"
    | "strictly convex"
    | "strongly convex"
    | "concave"
    | "quasiconvex"
    | "not convex"
    | "undecided";
  /** Where the verdict holds, in words. */
  readonly where: string;
  /** The verdict in one sentence. */
  readonly sentence: string;
  /** The rules that prove it, the innermost first. */
  readonly proof?: readonly string[];
  /** Two points whose chord runs below the function; checked in interval arithmetic. */
  readonly counterexample?: Chord;
  /** For a strongly convex function: its second derivative is at least this everywhere. */
  readonly modulus?: number;
}

/** The report with the way it shows itself in a notebook: the sentence and the rules. */
export function shown<Report extends Pick<ConvexityReport, "verdict" | "sentence" | "proof">>(
  report: Report,
): Report {
  const proof = report.proof ?? [];
  const text = [report.sentence, ...proof.map((rule) => `  ${rule}`)].join("\n");
  const markdown = `**${report.verdict}** — ${report.sentence}\n\n${proof.map((rule) => `1. ${rule}`).join("\n")}`;
  const bundle = () => ({ "text/plain": text, "text/markdown": markdown });
  return shownAs({ ...report }, bundle);
}
