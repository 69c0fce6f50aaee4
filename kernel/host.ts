import { painter } from "./display/pictures/index.ts";
import type { Kernel, Settings } from "./requests/index.ts";
import { server } from "./server.ts";
import { Session } from "./session/index.ts";
import { openSockets, readConnection, type Sockets } from "./wire/index.ts";

/**
 * The entry of the kernel: `node host.js {connection_file}`, with no flags. It speaks with Jupyter and
 * never runs the learner's code; the process beside it does, and may die without harm.
 */
const connection = readConnection(process.argv[2] ?? "");
const log = (line: string) => console.error(`[downhill] ${line}`);
const settings: Settings = {
  outputCap: Number(process.env.DOWNHILL_OUTPUT_CAP ?? 32_000_000),
  memory: process.env.DOWNHILL_MEMORY ? Number(process.env.DOWNHILL_MEMORY) : undefined,
};

let sockets: Sockets;
const { publish, status, receive } = server(() => sockets);
// Both processes start at once: this one opens its sockets while the other one loads.
const session = new Session({
  main: new URL("./user/main.js", import.meta.url),
  publish,
  log,
  ...settings,
});
// What draws the still pictures is built beside this file.
const { picture } = painter(new URL("./display/pictures/", import.meta.url));
const kernel: Kernel = {
  connection,
  session,
  picture,
  publish,
  log,
  settings,
  history: [],
  executionCount: 0,
  shutdown: () => setTimeout(leave, 50),
};

sockets = await openSockets(connection, {
  receive: (channel, message) => {
    if (channel !== "stdin") receive(kernel, channel, message);
  },
  subscribed: (subscription) => publish("iopub_welcome", { subscription }, {}),
  log,
});
status("starting", {});
// The first cell will want the compiler.
setImmediate(() => import("./compile/index.ts"));

process.on("SIGINT", () => void session.interrupt());
process.on("SIGTERM", leave);
watchParent(process.env.JPY_PARENT_PID);

async function leave(): Promise<void> {
  session.close();
  await Promise.race([sockets.close(), new Promise((resolve) => setTimeout(resolve, 1000))]);
  process.exit(0);
}

/** Without the Jupyter server that started it, a kernel is an orphan and goes. */
function watchParent(pid: string | undefined): void {
  if (!pid) return;
  const { ppid } = process;
  setInterval(() => {
    if (process.ppid !== ppid || !isAlive(Number(pid))) void leave();
  }, 1000).unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
