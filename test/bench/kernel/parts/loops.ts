import { atMostTimes } from "../goals.ts";
import type { Part } from "../Part.ts";
import { startKernel } from "../RunningKernel.ts";
import { cells } from "../texts.ts";

/** Arithmetic over the variables of another cell. Ten million turns where a hundred million would take a minute; the rest is scaled. */
export const loops: Part = {
  rounds: 3,
  kernels: ["downhill", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    const { declare, loop } = cells[peer.language];
    await kernel.run(declare);
    const few = await kernel.run(loop(1e7));
    const all = few > 1000 ? few * 10 : await kernel.run(loop(1e8));
    await kernel.end();
    return [{ row: "1e8 turns over another cell's variables, s", value: all / 1000 }];
  },
  goals: { "1e8 turns over another cell's variables, s": [atMostTimes(1.1, "Deno")] },
};
