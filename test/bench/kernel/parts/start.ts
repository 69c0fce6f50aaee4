import { atMostTimes } from "../goals.ts";
import type { Part } from "../Part.ts";
import { startKernel } from "../RunningKernel.ts";

/** How long a kernel takes from the start of its process. */
export const start: Part = {
  rounds: 7,
  kernels: ["downhill", "downhill, strict", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    await kernel.ask("kernel_info_request", {});
    const info = performance.now() - kernel.started;
    await kernel.run("1 + 1");
    const first = performance.now() - kernel.started;
    await kernel.end();
    return [
      { row: "start to kernel_info, ms", value: info },
      { row: "start to first result, ms", value: first },
    ];
  },
  goals: {
    "start to kernel_info, ms": [atMostTimes(0.65, "Deno"), atMostTimes(0.2, "tslab")],
    "start to first result, ms": [atMostTimes(1, "Deno"), atMostTimes(0.2, "tslab")],
  },
};
