import { painter } from "./display/pictures/index.ts";
import { packageFolder } from "./packageFolder.ts";
import { notingProgress } from "./progress/index.ts";
import type { Kernel } from "./requests/index.ts";
import { server } from "./server.ts";
import { historyFiles, historyFolder, Session } from "./session/index.ts";
import { readSettings } from "./settings.ts";
import { lazyTypes } from "./types/index.ts";
import { openSockets, readConnection, type Sockets } from "./wire/index.ts";

/**
 * The entry of the kernel: `node host.js {connection_file}`, with no flags. It speaks with Jupyter and
 * never runs the learner's code; the process beside it does, and may die without harm.
 */
const connection = readConnection(process.argv[2] ?? "");
const log = (line: string) => console.error(`[downhill] ${line}`);
const settings = readSettings(process.env);
const painting = painter(new URL("./display/pictures/", import.meta.url));
const types =
  settings.types === "off" ? undefined : lazyTypes(process.cwd(), packageFolder(import.meta.url));

let sockets: Sockets;
const { publish: send, status, ask, receive, goesOn } = server(() => sockets);
// A learner's progress stays in the learner's folder; a grader's run is nobody's.
const publish = process.env.NBGRADER_EXECUTION ? send : notingProgress(send, process.cwd());
// Both processes start at once: this one opens its sockets while the other one loads.
const session = new Session({
  main: new URL("./user/main.js", import.meta.url),
  publish,
  log,
  ...settings,
});
const kernel: Kernel = {
  connection,
  session,
  publish,
  log,
  ...(settings.pictures ? { picture: paint } : {}),
  painting: Promise.resolve(),
  types,
  strict: settings.types === "strict",
  preload: settings.preload,
  prepared: 0,
  library: () => import("../src/index.ts"),
  history: [],
  historyFiles: settings.history ? historyFiles(historyFolder(process.env)) : undefined,
  executionCount: 0,
  ask,
  goesOn,
  shutdown: () => setTimeout(leave, 50),
};

sockets = await openSockets(connection, {
  receive: (channel, message) => receive(kernel, channel, message),
  subscribed: (subscription) => publish("iopub_welcome", { subscription }, {}),
  log,
});
status("starting", {});
// The first cell will want the compiler.
setImmediate(() => import("./compile/index.ts"));

process.on("SIGINT", () => void session.interrupt());
process.on("SIGTERM", leave);
watchParent(process.env.JPY_PARENT_PID);

/** A figure must not hold up its cell for ever because its picture does. */
function paint(figure: unknown): Promise<string> {
  const limit = settings.pictureTime;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`it was not ready after ${limit} ms`);
    setTimeout(() => reject(error), limit).unref();
  });
  return Promise.race([painting.picture(figure), late]);
}

async function leave(): Promise<void> {
  session.close();
  types?.close();
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
