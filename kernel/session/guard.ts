import { type ChildProcess, spawn } from "node:child_process";

/** Waits for a line that never comes; once nobody is left to write it, the group of the process ends. */
const watch = 'read -r line; kill -s KILL -- "-$0"';

/**
 * Ends a process and its children when this one is gone, however it went. A process that listens on a thread
 * of its own sees that by itself; one that may have no such thread does not, while it computes without end.
 */
export function endWithThisProcess(child: ChildProcess): void {
  // A session of its own: what ends this process's group must not end the guard before its work.
  const guard = spawn("/bin/sh", ["-c", watch, String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.once("exit", () => guard.kill("SIGKILL"));
}
