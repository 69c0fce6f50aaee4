import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Connection,
  type Content,
  freeConnection,
  type Message,
  openClient,
} from "../../../kernel/wire/index.ts";
import type { Peer } from "./Part.ts";

const never = Number.POSITIVE_INFINITY;

/** A request, and what came for it. Times are those of `performance.now()`, infinite for what did not come. */
export interface Asked {
  readonly sent: number;
  replied: number;
  reply: Content;
  idle: number;
  /** Everything on iopub, in order. */
  readonly heard: { readonly message: Message; readonly at: number }[];
}

/** A kernel that runs, and one client of it. */
export type RunningKernel = Awaited<ReturnType<typeof startKernel>>;

/** Starts a kernel in a folder of its own. */
export async function startKernel({ argv, env }: Peer) {
  const folder = mkdtempSync(join(tmpdir(), "downhill-bench-"));
  const connection = await freeConnection();
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const [program, ...parameters] = argv.map((word) => word.replace("{connection_file}", file));
  const started = performance.now();
  const child = spawn(program!, parameters, {
    cwd: folder,
    stdio: "ignore",
    // Node 20 reads the certificates of that file at every start, for 25 ms a process: the machine's, not the kernel's.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: "", DOWNHILL_HISTORY: "off", ...env },
  });
  const gone = new Promise<never>((_done, fail) => {
    child.once("exit", (code) => fail(new Error(`the kernel ended with code ${code}`)));
  });
  // While nobody asks anything, its end is no news.
  gone.catch(() => undefined);
  const { close, ...conversation } = converse(connection, gone);
  const end = async () => {
    close();
    child.kill("SIGKILL");
    await gone.catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { started, pid: child.pid!, connection, end, ...conversation };
}

function converse(connection: Connection, gone: Promise<never>) {
  const requests = new Map<string, Asked>();
  const watching = new Set<() => void>();
  let lastHeard = performance.now();
  const client = openClient(connection, (channel, message) => {
    lastHeard = performance.now();
    const about = requests.get(message.parent_header.msg_id ?? "");
    if (about) note(about, channel, message, lastHeard);
    for (const look of watching) look();
  });
  /** Waits until something is so, for some seconds at most. @throws {Error} when the kernel ends. */
  const until = async (isSo: () => boolean, seconds = 60) => {
    let look = () => {};
    const so = new Promise<void>((done) => {
      look = () => isSo() && done();
    });
    watching.add(look);
    look();
    await Promise.race([so, gone, after(seconds)]).finally(() => watching.delete(look));
  };
  const send = (type: string, content: Content, channel: "shell" | "control" = "shell"): Asked => {
    const id = randomUUID();
    const asked = { sent: performance.now(), replied: never, reply: {}, idle: never, heard: [] };
    requests.set(id, asked);
    void client.ask(channel, type, content, id);
    return asked;
  };
  const start = (code: string) =>
    send("execute_request", { code, silent: false, store_history: true, allow_stdin: true });
  /** Asks, and gives the milliseconds until the reply; infinite when there is none in time. */
  const ask = async (type: string, content: Content, seconds?: number) => {
    const asked = send(type, content);
    await until(() => asked.replied < never, seconds);
    return asked.replied - asked.sent;
  };
  return {
    close: client.close,
    until,
    send,
    ask,
    /** Sends a cell. */
    start,
    /** Runs a cell, and gives the milliseconds until its reply. */
    run: async (code: string, seconds?: number) => {
      const cell = start(code);
      await until(() => cell.replied < never, seconds);
      return cell.replied - cell.sent;
    },
    /** Some kernels go on sending after they said that they are done. Waits until nothing comes. */
    quiet: async () => {
      while (performance.now() - lastHeard < 300) await after(0.05);
    },
  };
}

function note(about: Asked, channel: string, message: Message, at: number): void {
  if (channel !== "iopub") {
    about.replied = at;
    about.reply = message.content;
    return;
  }
  about.heard.push({ message, at });
  if (message.content.execution_state === "idle") about.idle = at;
}

/** Waits. */
export const after = (seconds: number): Promise<undefined> =>
  new Promise((done) => setTimeout(() => done(undefined), seconds * 1000).unref());

/** The median of so many times. One that never ends says enough: the others would only take as long. */
export async function medianOf(count: number, time: (i: number) => Promise<number>) {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const milliseconds = await time(i);
    if (milliseconds === never) return never;
    times.push(milliseconds);
  }
  return times.sort((a, b) => a - b)[count >> 1]!;
}
