import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { root } from "../../../../kernel/install/root.mjs";
import { atLeast, atMost } from "../goals.ts";
import type { Part, Peer } from "../Part.ts";
import { type Asked, after, type RunningKernel, startKernel } from "../RunningKernel.ts";
import { endless } from "../texts.ts";

const count = Object.keys(endless).length;

/** The stop button on cells that never end, while the heart is listened to every few milliseconds. */
export const interrupts: Part = {
  rounds: 5,
  kernels: ["downhill", "tslab", "Deno"],
  measure: async (peer) => {
    const stops = new Map<string, Stop>();
    let kernel = await started(peer);
    for (const [name, code] of Object.entries(endless)) {
      const stop = await stopped(peer, kernel, code).catch(() => lost);
      stops.set(name, stop);
      // One that did not stop is not asked again.
      if (stop.kept) continue;
      await kernel.end();
      kernel = await started(peer);
    }
    await kernel.end();
    const all = [...stops.values()];
    return [
      ...[...stops].map(([name, { time }]) => ({ row: rowOf(name), value: time })),
      { row: "endless cells", value: all.length },
      { row: "stopped with their state kept", value: all.filter(({ kept }) => kept).length },
      { row: "heartbeats missed meanwhile", value: sum(all.map(({ missed }) => missed)) },
      { row: "slowest heartbeat, ms", value: Math.max(...all.map(({ slowest }) => slowest)) },
    ];
  },
  goals: {
    ...Object.fromEntries(Object.keys(endless).map((name) => [rowOf(name), [atMost(20)]])),
    "stopped with their state kept": [atLeast(count)],
    "heartbeats missed meanwhile": [atMost(0)],
  },
};

function rowOf(name: string): string {
  return `stop of ${name}, ms`;
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

/** A kernel that has started everything that it starts with its first cell. */
async function started(peer: Peer): Promise<RunningKernel> {
  const kernel = await startKernel(peer);
  await kernel.run("1");
  await after(2);
  return kernel;
}

interface Stop {
  /** Milliseconds from the request to the reply and the idle of the cell. */
  readonly time: number;
  readonly kept: boolean;
  readonly missed: number;
  readonly slowest: number;
}

/** What is known of a kernel that did not survive the stop. */
const lost: Stop = { time: Infinity, kept: false, missed: 0, slowest: 0 };

async function stopped(peer: Peer, kernel: RunningKernel, code: string): Promise<Stop> {
  await kernel.run("let kept = 41; kept++");
  const { ip, hb_port } = kernel.connection;
  const heart = new Worker(join(root, "test", "bench", "kernel", "heartbeat.mjs"), {
    workerData: `tcp://${ip}:${hb_port}`,
  });
  const cell = kernel.start(code);
  await after(0.3);
  const time = await stop(peer, kernel, cell, 2);
  heart.postMessage("enough");
  const [{ missed, slowest }] = (await once(heart, "message")) as [
    Pick<Stop, "missed" | "slowest">,
  ];
  return { time, kept: time < Infinity && (await isKept(kernel)), missed, slowest };
}

/** Interrupts a cell. @returns milliseconds until its reply and its idle; infinite when they do not come in so many seconds */
export async function stop(
  { interrupt }: Peer,
  kernel: RunningKernel,
  cell: Asked,
  seconds: number,
): Promise<number> {
  const begin = performance.now();
  if (interrupt === "signal") process.kill(kernel.pid, "SIGINT");
  else kernel.send("interrupt_request", {}, "control");
  await kernel.until(() => cell.replied < Infinity && cell.idle < Infinity, seconds);
  return Math.max(cell.replied, cell.idle) - begin;
}

/** Whether the next cell runs and finds its variables. */
export async function isKept(kernel: RunningKernel, next = "kept"): Promise<boolean> {
  const cell = kernel.start(next);
  await kernel.until(() => cell.replied < Infinity && cell.idle < Infinity, 2);
  return cell.heard.some(({ message }) => JSON.stringify(message.content).includes('"42"'));
}
