import { atMost, atMostTimes, strictAtMostTimes } from "../goals.ts";
import type { Part } from "../Part.ts";
import { medianOf, startKernel } from "../RunningKernel.ts";
import { cells as texts } from "../texts.ts";

/** What a cell costs in a kernel that has run for a while, from its request to its reply. */
export const cells: Part = {
  rounds: 3,
  kernels: ["downhill", "downhill, strict", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    const { trivial, thirtyLines } = texts[peer.language];
    const trivials = (count: number) => medianOf(count, (i) => kernel.run(trivial(i)));
    await trivials(25);
    const early = await trivials(50);
    await trivials(75);
    const later = await trivials(50);
    const thirty = await medianOf(50, (i) => kernel.run(thirtyLines(i)));
    await trivials(200);
    const last = await trivials(50);
    await kernel.end();
    return [
      { row: "trivial cell after 150, ms", value: later },
      { row: "30-line cell after 200, ms", value: thirty },
      { row: "trivial cell 500 against cell 50, times", value: last / early },
    ];
  },
  goals: {
    "trivial cell after 150, ms": [atMostTimes(1, "Deno"), strictAtMostTimes(0.33, "tslab")],
    "30-line cell after 200, ms": [atMostTimes(1, "Deno"), strictAtMostTimes(0.33, "tslab")],
    "trivial cell 500 against cell 50, times": [atMost(1.3)],
  },
};
