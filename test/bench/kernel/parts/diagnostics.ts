import type { Message } from "../../../../kernel/wire/index.ts";
import { atMost } from "../goals.ts";
import type { Part } from "../Part.ts";
import { after, medianOf, type RunningKernel, startKernel } from "../RunningKernel.ts";
import { cells } from "../texts.ts";

/** From the request of an ill-typed cell until what the type checker says is there. */
export const diagnostics: Part = {
  rounds: 5,
  kernels: ["downhill", "tslab", "Deno"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    const { declaring } = cells[peer.language];
    await kernel.ask("kernel_info_request", {});
    const cold = await remarkOn(kernel, 0);
    for (let i = 0; i < 100; i++) await kernel.run(declaring(i));
    const warm = cold < Infinity ? await medianOf(20, (i) => remarkOn(kernel, i)) : cold;
    await kernel.end();
    return [
      { row: "diagnostics of the first cell, ms", value: cold },
      { row: "diagnostics after 100 cells, ms", value: warm },
    ];
  },
  goals: {
    "diagnostics of the first cell, ms": [atMost(150)],
    "diagnostics after 100 cells, ms": [atMost(15)],
  },
};

async function remarkOn(kernel: RunningKernel, i: number): Promise<number> {
  // tslab runs nothing for a while after an error.
  await after(0.3);
  const cell = kernel.start(`const wrong: string = ${i}`);
  const remark = () => cell.heard.find(({ message }) => isRemark(message));
  await kernel.until(() => remark() !== undefined && cell.idle < Infinity, 5);
  return (remark()?.at ?? Infinity) - cell.sent;
}

/** A display, a line on stderr or an error. */
const isRemark = ({ content }: Message) =>
  content.code === undefined && JSON.stringify(content).includes("not assignable");
