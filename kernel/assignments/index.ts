import { Trouble } from "../install/index.ts";
import { readNotebook } from "../run/index.ts";
import { lintCells } from "./lintCells.ts";
import { lintRuns } from "./lintRuns.ts";

/**
 * Checks assignments before they are released and prints what would go wrong in class. The exit
 * code is 1 if anything would.
 */
export async function lintAssignments(
  files: readonly string[],
  { run }: { readonly run: boolean },
): Promise<number> {
  if (files.length === 0) {
    throw new Trouble(
      "downhill lint-assignment needs a notebook.",
      "For example `downhill lint-assignment source/ps2/ps2.ipynb`.",
    );
  }
  let total = 0;
  for (const file of files) {
    const findings = [...lintCells(readNotebook(file)), ...(run ? await lintRuns(file) : [])];
    for (const { cell, says } of findings) console.log(`${file}: ${cell}: ${says}`);
    if (findings.length === 0) console.log(`${file}: nothing to mend`);
    total += findings.length;
  }
  return total > 0 ? 1 : 0;
}
