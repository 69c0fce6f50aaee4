import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cpus, freemem, hostname, totalmem } from "node:os";
import type { Handler } from "./Kernel.ts";

/** What JupyterLab's memory indicator shows: the kernel with all its processes, and the machine. */
export const usage: Handler = () => {
  const now = performance.now();
  const { bytes, seconds } = family();
  const machine = machineTimes();
  const elapsed = (now - before.now) / 1000;
  const kernel_cpu = elapsed > 0 ? (100 * Math.max(0, seconds - before.seconds)) / elapsed : 0;
  const total = machine.total - before.machine.total;
  const host_cpu_percent = total > 0 ? (100 * (machine.busy - before.machine.busy)) / total : 0;
  before = { now, seconds, machine };
  return {
    status: "ok",
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu,
    kernel_memory: bytes,
    cpu_count: cpus().length,
    host_cpu_percent,
    host_virtual_memory: memory(),
  };
};

/** What the shares of time are counted from: the last request, or the start. */
let before = { now: performance.now(), seconds: 0, machine: machineTimes() };

function machineTimes(): { readonly busy: number; readonly total: number } {
  const times = cpus().map(({ times }) => times);
  const total = times.reduce((sum, t) => sum + t.user + t.nice + t.sys + t.idle + t.irq, 0);
  return { total, busy: total - times.reduce((sum, { idle }) => sum + idle, 0) };
}

function memory() {
  const [total, available] = [totalmem(), freemem()];
  const used = total - available;
  return { total, available, used, free: available, percent: (100 * used) / total };
}

/** Memory and processor time of this process and, where /proc tells them (Linux), of all below it. */
function family(): { readonly bytes: number; readonly seconds: number } {
  if (!existsSync("/proc/self/stat")) {
    const { user, system } = process.cpuUsage();
    return { bytes: process.memoryUsage.rss(), seconds: (user + system) / 1e6 };
  }
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? stat(name) : []));
  const members = new Set([process.pid]);
  for (let size = 0; size !== members.size; ) {
    size = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  const ours = all.filter(({ pid }) => members.has(pid));
  return {
    bytes: ours.reduce((sum, { pages }) => sum + pages * 4096, 0),
    seconds: ours.reduce((sum, { ticks }) => sum + ticks / 100, 0),
  };
}

/** One line of /proc: after the name in parentheses, the parent is the second word, the times the 12th and 13th. */
function stat(name: string) {
  const line = linesOf(`/proc/${name}/stat`);
  const words = line.slice(line.lastIndexOf(")") + 2).split(" ");
  if (words.length < 22) return [];
  const [parent, user, system, pages] = [1, 11, 12, 21].map((i) => Number(words[i]));
  return [{ pid: Number(name), parent: parent!, ticks: user! + system!, pages: pages! }];
}

function linesOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process has ended since it was listed.
    return "";
  }
}
