import type { Part } from "./Part.ts";
import { cells } from "./parts/cells.ts";
import { diagnostics } from "./parts/diagnostics.ts";
import { flood } from "./parts/flood.ts";
import { help } from "./parts/help.ts";
import { interrupts } from "./parts/interrupts.ts";
import { loops } from "./parts/loops.ts";
import { memory } from "./parts/memory.ts";
import { nbclient } from "./parts/nbclient.ts";
import { start } from "./parts/start.ts";
import { stops } from "./parts/stops.ts";

/** All that is measured, by the words that choose it on the command line. */
export const parts: Readonly<Record<string, Part>> = {
  start,
  cells,
  loops,
  flood,
  interrupts,
  stops,
  help,
  diagnostics,
  memory,
  nbclient,
};
