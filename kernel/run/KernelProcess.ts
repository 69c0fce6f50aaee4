import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelspec } from "../install/index.ts";
import {
  type Client,
  type Content,
  freeConnection,
  type Message,
  openClient,
} from "../wire/index.ts";

/** What became of a request: the kernel's answer, or why there is none. */
export type Answer =
  | { readonly kind: "reply"; readonly content: Content }
  | { readonly kind: "timeout" }
  | { readonly kind: "died"; readonly words: string };

/** A kernel of our own, started without Jupyter and spoken to as Jupyter does. */
export interface KernelProcess {
  /** Runs a cell; `hear` gets what it tells all, in order and complete before the answer comes. */
  readonly execute: (
    code: string,
    seconds: number,
    hear: (type: string, content: Content) => void,
  ) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** How long an interrupted cell may take to come to its end. */
const graceSeconds = 5;

/** Starts a kernel in a folder, which its cells then work in. */
export async function startKernel(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<KernelProcess> {
  const temporary = mkdtempSync(join(tmpdir(), "downhill-run-"));
  const connection = await freeConnection();
  const file = join(temporary, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const { child, died } = launch(folder, file, environment);
  const requests = new Map<string, Request>();
  let welcome = () => {};
  const listening = new Promise<void>((done) => {
    welcome = done;
  });
  const client = openClient(connection, (channel, message) => {
    if (message.header.msg_type === "iopub_welcome") welcome();
    requests.get(message.parent_header.msg_id ?? "")?.hear(channel, message);
  });
  // Before the kernel knows of our subscription, what it tells all would be lost.
  const early = await Promise.race([listening, died]);
  const execute: KernelProcess["execute"] = async (code, seconds, hear) => {
    if (early) return early;
    return Promise.race([ask(client, requests, { code, seconds, hear }), died]);
  };
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      await client.ask("control", "shutdown_request", { restart: false });
      await Promise.race([died, after(2)]);
    }
    child.kill("SIGKILL");
    client.close();
    rmSync(temporary, { recursive: true, force: true });
  };
  return { execute, close };
}

/** A request that waits for its reply and for the kernel to be idle again. */
interface Request {
  readonly hear: (channel: string, message: Message) => void;
}

async function ask(
  client: Client,
  requests: Map<string, Request>,
  {
    code,
    seconds,
    hear,
  }: { code: string; seconds: number; hear: (type: string, content: Content) => void },
): Promise<Answer> {
  const id = randomUUID();
  const answer = new Promise<Answer>((done) => {
    let [reply, idle]: [Content | undefined, boolean] = [undefined, false];
    requests.set(id, {
      hear: (channel, { header, content }) => {
        if (channel === "shell") reply = content;
        else if (header.msg_type !== "status") hear(header.msg_type, content);
        else if (content.execution_state === "idle") idle = true;
        if (!reply || !idle) return;
        requests.delete(id);
        done({ kind: "reply", content: reply });
      },
    });
  });
  const content = {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  };
  await client.ask("shell", "execute_request", content, id);
  const first = await Promise.race([answer, after(seconds)]);
  if (first) return first;
  await client.ask("control", "interrupt_request", {});
  await Promise.race([answer, after(graceSeconds)]);
  return { kind: "timeout" };
}

function launch(
  folder: string,
  connectionFile: string,
  environment: Readonly<Record<string, string>>,
) {
  const [program, ...parameters] = kernelspec().argv.map((word) =>
    word === "{connection_file}" ? connectionFile : word,
  );
  const child: ChildProcess = spawn(program!, parameters, {
    cwd: folder,
    // The kernel looks for this process and goes when it is gone.
    env: {
      ...process.env,
      JPY_PARENT_PID: String(process.pid),
      DOWNHILL_HISTORY: "off",
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    words += text;
  });
  const died = new Promise<Answer>((done) => {
    child.on("error", ({ message }) => done({ kind: "died", words: message }));
    child.on("close", (code, signal) =>
      done({ kind: "died", words: `exit code ${code ?? signal}\n${words}`.trim() }),
    );
  });
  return { child, died };
}

const after = (seconds: number): Promise<undefined> =>
  new Promise((done) => setTimeout(() => done(undefined), seconds * 1000).unref());
