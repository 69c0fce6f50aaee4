import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * The memory of a process and all below it, in megabytes. What processes share, such as the text of one program, counts
 * once where the system tells it (Linux); elsewhere it counts for each.
 */
export function megabytesOf(pid: number): number {
  return family(pid).reduce((total, id) => total + kilobytesOf(id), 0) / 1024;
}

function family(pid: number): number[] {
  const parents = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const members = [pid];
  // Whoever joins brings its own children.
  for (const member of members)
    members.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  return members;
}

function kilobytesOf(pid: number): number {
  const shares = `/proc/${pid}/smaps_rollup`;
  if (existsSync(shares)) return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(shares, "utf8"))?.[1]);
  return Number(execFileSync("ps", ["-o", "rss=", "-p", `${pid}`], { encoding: "utf8" }));
}
