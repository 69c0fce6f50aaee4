import { atMostTimes } from "../goals.ts";
import { megabytesOf } from "../memory.ts";
import type { Part } from "../Part.ts";
import { after, startKernel } from "../RunningKernel.ts";
import { cells } from "../texts.ts";

/** The memory of all processes of a kernel: of ours, the host's, the learner's and the type checker's. */
export const memory: Part = {
  rounds: 3,
  kernels: ["downhill", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    const { trivial, thirtyLines } = cells[peer.language];
    const settled = async () => {
      await after(2);
      return megabytesOf(kernel.pid);
    };
    await kernel.ask("kernel_info_request", {});
    const start = await settled();
    await kernel.run("1 + 1");
    const idle = await settled();
    for (let i = 0; i < 450; i++) await kernel.run(trivial(i));
    for (let i = 0; i < 50; i++) await kernel.run(thirtyLines(i));
    const used = await settled();
    await kernel.end();
    return [
      { row: "memory of all processes before the first cell, MB", value: start },
      { row: "memory of all processes after the first cell, MB", value: idle },
      { row: "memory of all processes after 500 cells, MB", value: used },
    ];
  },
  goals: {
    "memory of all processes before the first cell, MB": [atMostTimes(1, "Deno")],
    "memory of all processes after the first cell, MB": [atMostTimes(1, "Deno")],
    "memory of all processes after 500 cells, MB": [atMostTimes(1, "Deno")],
  },
};
