import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CellOutput, Outcome } from "../session/index.ts";
import type { Kernel } from "./Kernel.ts";

/**
 * Runs the startup file, if there is one, as a cell before the first cell, and again in a process that
 * replaced a dead one. When it fails, the cell fails with its error, because it was promised what the file declares.
 */
export async function startupFailure(
  kernel: Kernel,
  output: CellOutput,
): Promise<Outcome | undefined> {
  const { session, preload } = kernel;
  if (preload === undefined || kernel.prepared === session.processes) return undefined;
  // The first cells of two shells wait for the same run.
  kernel.preparing ??= prepare(kernel, preload, output).finally(() => {
    kernel.preparing = undefined;
  });
  return kernel.preparing;
}

async function prepare(
  kernel: Kernel,
  preload: string,
  output: CellOutput,
): Promise<Outcome | undefined> {
  const { session, types } = kernel;
  const file = resolve(preload);
  const code = readFileSync(file, "utf8");
  const outcome = await session.run(code, file, output, { show: false });
  if (outcome.status === "error") return outcome;
  void types?.commit(code);
  kernel.prepared = session.processes;
  return undefined;
}
