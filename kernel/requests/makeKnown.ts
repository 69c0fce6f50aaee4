import type { Kernel } from "./Kernel.ts";

/** Lets the type checker know what cells declare that still run: other shells may use it already. */
export function makeKnown({ unknownCells }: Kernel): void {
  for (const commit of unknownCells) commit();
}
