import { painter } from "./display/pictures/index.ts";
import { packageFolder } from "./packageFolder.ts";
import { practise } from "./practise.ts";
import { notingProgress } from "./progress/index.ts";
import type { Kernel } from "./requests/index.ts";
import { server } from "./server.ts";
import {
  historyFiles,
  historyFolder,
  lostOutput,
  type Picture,
  type Publish,
  type Session,
} from "./session/index.ts";
import type { Settings } from "./settings/index.ts";
import { tuneV8 } from "./tuneV8.ts";
import { lazyTypes, type TypeChecker } from "./types/index.ts";
import { openSockets, type Receivers, readConnection, type Sockets } from "./wire/index.ts";

/** What a kernel is served with. */
interface Served {
  readonly session: Session;
  readonly settings: Settings;
  readonly log: (line: string) => void;
}

/** Speaks with Jupyter for a session, from the first message to the last. @returns what tells all listeners something */
export function serve(connectionFile: string, { session, settings, log }: Served): Publish {
  const connection = readConnection(connectionFile);
  let sockets: Sockets;
  const { publish: send, status, ask, receive, isResting, ...cells } = server(() => sockets);
  // A learner's progress stays in the learner's folder; a grader's run is nobody's.
  const publish = process.env.NBGRADER_EXECUTION ? send : notingProgress(send, process.cwd());
  const types =
    settings.types === "off"
      ? undefined
      : lazyTypes(process.cwd(), packageFolder(import.meta.url), log);
  const leave = () => goWith(session, types, sockets);
  const kernel: Kernel = {
    connection,
    session,
    publish,
    log,
    ...(settings.pictures ? { picture: pictures(settings.pictureTime) } : {}),
    painting: undefined,
    types,
    strict: settings.types === "strict",
    ...unwatched(settings),
    library: () => import("../src/index.ts"),
    ...unrun(settings),
    ask,
    ...cells,
    shutdown: () => setTimeout(leave, 50),
  };
  const opened = openSockets(connection, {
    receive: (channel, message) => receive(kernel, channel, message),
    subscribed: (subscription) => publish("iopub_welcome", { subscription }, {}),
    lost: tellOfLost(publish, log),
    log,
  });
  void opened.then((open) => {
    sockets = open;
    status("starting", {});
    // The first cell will want the compiler.
    setImmediate(() => readyCompiler(kernel, isResting));
  }, unheard(log));
  process.on("SIGINT", () => void session.interrupt());
  process.on("SIGTERM", leave);
  watchParent(process.env.JPY_PARENT_PID, leave);
  return publish;
}

/** Tells in a cell of an output that it cannot have. */
const tellOfLost =
  (publish: Publish, log: Served["log"]): Receivers["lost"] =>
  ({ header, parent_header }, error) => {
    log(`an output was lost: ${error}`);
    if (header.msg_type !== "error")
      publish("error", { ...lostOutput(error).error }, parent_header);
  };

async function readyCompiler({ types, strict }: Kernel, isResting: () => boolean): Promise<void> {
  const { loadNativeParser } = await import("./compile/index.ts");
  await loadNativeParser();
  await new Promise((resolve) => setTimeout(resolve, untilPractice).unref());
  // Where cells wait for the type checker, it practises as well. If it cannot answer, the first cell says why.
  const check = async () => strict && types?.diagnose("1 + 1").catch(() => undefined);
  await practise({ isResting, tune: tuneV8, also: check });
}

/** Milliseconds in which a cell that was sent at once has been answered, for which the kernel need not practise. */
const untilPractice = 100;

/** What a debugger will want to know, while there is none. */
const unwatched = ({ restricted }: Settings) => ({
  restricted,
  folder: new URL(".", import.meta.url),
  debugging: undefined,
});

/** What a kernel knows of its cells before the first; no process has run the startup file yet. */
const unrun = ({ preload, history, complaints }: Settings) => ({
  complaints: [...complaints],
  ...{ preload, prepared: 0, preparing: undefined },
  history: [],
  historyFiles: history ? historyFiles(historyFolder(process.env)) : undefined,
  executionCount: 0,
});

/** Ends a kernel that cannot listen, most often because another program took a port since Jupyter chose it. */
const unheard = (log: (line: string) => void) => (error: Error & { readonly address?: string }) => {
  log(
    `The kernel cannot listen at ${error.address}: ${error.message}.\nHint: start it again; Jupyter then chooses other ports.`,
  );
  process.exit(1);
};

/** Ends the kernel; also while its sockets are not open yet. */
async function goWith(
  session: Session,
  types: TypeChecker | undefined,
  sockets: Sockets | undefined,
): Promise<void> {
  session.close();
  types?.close();
  await Promise.race([sockets?.close(), new Promise((resolve) => setTimeout(resolve, 1000))]);
  process.exit(0);
}

/** A figure must not hold up its cell for ever because its picture does. */
function pictures(limit: number): Picture {
  const painting = painter(new URL("./display/pictures/", import.meta.url));
  return (figure) => {
    const late = new Promise<never>((_resolve, reject) => {
      const error = new Error(`it was not ready after ${limit} ms`);
      setTimeout(() => reject(error), limit).unref();
    });
    return Promise.race([painting.picture(figure), late]);
  };
}

/** Without the Jupyter server that started it, a kernel is an orphan and goes. */
function watchParent(pid: string | undefined, leave: () => Promise<void>): void {
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
