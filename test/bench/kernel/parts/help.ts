import { atMost, atMostTimes } from "../goals.ts";
import type { Figure, Part } from "../Part.ts";
import { after, medianOf, type RunningKernel, startKernel } from "../RunningKernel.ts";
import { cells } from "../texts.ts";

/** Completion and hover after a hundred cells that declare something, at rest and while a cell computes. */
export const help: Part = {
  rounds: 3,
  kernels: ["downhill", "tslab", "Deno", "ipykernel"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    const { declaring, endless } = cells[peer.language];
    for (let i = 0; i < 100; i++) await kernel.run(declaring(i));
    const atRest = await figures(kernel, cells[peer.language], "after 100 cells");
    kernel.start(endless);
    await after(0.2);
    const beside = await figures(kernel, cells[peer.language], "during a loop");
    await kernel.end();
    return [...atRest, ...beside];
  },
  goals: {
    "completion after 100 cells, ms": [atMostTimes(1, "Deno")],
    "hover after 100 cells, ms": [atMost(5)],
    "completion during a loop, ms": [atMostTimes(1, "Deno", "completion after 100 cells, ms")],
    "hover during a loop, ms": [atMost(5)],
  },
};

interface Texts {
  readonly completed: string;
  readonly inspected: string;
}

async function figures(
  kernel: RunningKernel,
  { completed, inspected }: Texts,
  when: string,
): Promise<Figure[]> {
  // The code differs each time, as it does while somebody types.
  const code = (text: string, i: number) => `${"\n".repeat(i)}${text}`;
  const asking = (type: string, text: string) =>
    medianOf(20, (i) => {
      const cursor_pos = code(text, i).length;
      return kernel.ask(type, { code: code(text, i), cursor_pos, detail_level: 0 }, 3);
    });
  return [
    { row: `completion ${when}, ms`, value: await asking("complete_request", completed) },
    { row: `hover ${when}, ms`, value: await asking("inspect_request", inspected) },
  ];
}
