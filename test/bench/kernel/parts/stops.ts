import { atMost } from "../goals.ts";
import type { Figure, Part } from "../Part.ts";
import { after, startKernel } from "../RunningKernel.ts";
import { endless } from "../texts.ts";
import { isKept, stop } from "./interrupts.ts";

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
        const cell = kernel.start(endless[name]!);
        await after(0.05 + Math.random() * 0.05);
        times.push(await stop(peer, kernel, cell, 10));
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
