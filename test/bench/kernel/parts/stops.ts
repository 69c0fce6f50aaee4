import { atMost } from "../goals.ts";
import type { Figure, Part } from "../Part.ts";
import { after, type RunningKernel, startKernel } from "../RunningKernel.ts";
import { endless } from "../texts.ts";
import { isKept } from "./interrupts.ts";

const count = 100;
const next = "await new Promise((done) => process.nextTick(done)); kept";

/** Cells that let Node.js come to nothing else, or that begin anew in each turn of its event loop. */
const names = Object.keys(endless).filter((name) =>
  /endless (ticks|microtasks|promises|immediates)/.test(name),
);

/** The stop button a hundred times on each of these cells, at random moments, with another cell after each. */
export const stops: Part = {
  rounds: 1,
  kernels: ["downhill"],
  measure: async (peer) => {
    const kernel = await startKernel(peer);
    await kernel.run("let kept = 41; kept++");
    const figures: Figure[] = [];
    let bad = 0;
    for (const name of names) {
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        times.push(await stopped(kernel, endless[name]!));
        if (!(await isKept(kernel, next))) bad += 1;
      }
      times.sort((a, b) => a - b);
      const within = (share: number) => times[Math.ceil(share * count) - 1]!;
      figures.push(
        { row: `${name}: half stopped within, ms`, value: within(0.5) },
        { row: rowOf(name), value: within(0.95) },
        { row: `${name}: all within, ms`, value: within(1) },
      );
    }
    await kernel.end();
    return [...figures, { row: "next cells hit, stuck or without their variables", value: bad }];
  },
  goals: {
    ...Object.fromEntries(names.map((name) => [rowOf(name), [atMost(20)]])),
    "next cells hit, stuck or without their variables": [atMost(0)],
  },
};

function rowOf(name: string): string {
  return `${name}: 95 of ${count} within, ms`;
}

/** Milliseconds from the request to the reply and the idle of the cell. */
async function stopped(kernel: RunningKernel, code: string): Promise<number> {
  const cell = kernel.start(code);
  await after(0.05 + Math.random() * 0.05);
  const begin = performance.now();
  kernel.send("interrupt_request", {}, "control");
  await kernel.until(() => cell.replied < Infinity && cell.idle < Infinity, 10);
  return Math.max(cell.replied, cell.idle) - begin;
}
