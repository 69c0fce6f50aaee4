import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex, Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import {
  type Agreed,
  type FromControl,
  type FromUser,
  frame,
  newSeal,
  type Seal,
  sealedFrameReader,
  type ToControl,
  type ToUser,
} from "../link/index.ts";
import { cutOff, type Death, deathOf, forgery, isCrashReport } from "./death.ts";
import { endWithThisProcess } from "./guard.ts";
import { withoutNodeRemarks } from "./nodeRemarks.ts";
import type { Restriction } from "./restrictions.ts";

/** What a user process says once it is there. */
export type Said = Exclude<FromUser, { type: "ready" }>;

/** What a user process reports. */
export interface UserEvents {
  readonly said: (message: Said, bytes: number) => void;
  /** Its control thread has something to tell. */
  readonly controlled: (message: FromControl) => void;
  /** Output that went past `console`: of child processes and native code. */
  readonly wrote: (name: "stdout" | "stderr", text: string) => void;
  readonly died: (death: Death) => void;
}

/** A running user process. */
export interface UserProcess {
  readonly tell: (message: ToUser | ToControl) => void;
  /** Answers a question of graded work, which waits for nothing else meanwhile. */
  readonly answer: (answer: unknown, seal: Seal) => void;
  /** Lets the children of the process end, as Ctrl+C in a terminal would. */
  readonly interruptChildren: () => void;
  /** Stops the JavaScript that the process runs at this moment, wherever that is; `stop` numbers the answer. */
  readonly stop: (stop: number) => void;
  readonly kill: () => void;
}

/** What a user process may. */
export interface UserLimits {
  /** Megabytes of its heap. */
  readonly memory?: number | undefined;
  /** What it is allowed while work is graded; everything if there is none. */
  readonly restriction?: Restriction | undefined;
}

const group = process.platform !== "win32";

/**
 * The process speaks on the fourth. Its control thread hears on the fifth and the learner's thread on the sixth,
 * and graded work hears answers on the seventh.
 */
type Lines = readonly [
  null,
  Readable,
  Readable,
  out: Readable,
  control: Duplex,
  cells: Duplex,
  answers?: Writable,
];

/** Starts a process for the learner's code. `main` is its entry file. */
export function startUserProcess(
  main: URL,
  { memory, restriction }: UserLimits,
  { said, controlled, wrote, died }: UserEvents,
): UserProcess {
  const child = spawned(main, { memory, restriction });
  const [, , , out, control, cells, answers] = child.stdio as unknown as Lines;
  let blame: Death | undefined;
  const endFor = (reason: Death) => {
    blame = reason;
    signalGroup(child, "SIGKILL");
  };
  // A process that ends closes its lines, too; one that lives on without them must not.
  const cut = () => setTimeout(() => isAlive(child) && endFor(cutOff), 500);
  const [seal, mark] = [newSeal(), newSeal()];
  cells.write(frame({ seal, mark } satisfies Agreed));
  const forged = () => endFor(forgery);
  const listen = (line: Readable, hear: Parameters<typeof sealedFrameReader>[1]) =>
    line.on("end", cut).on("data", sealedFrameReader(seal, hear, forged));
  let ready = false;
  const hear = (message: FromUser, bytes: number) => {
    if (message.type === "ready") ready = true;
    else {
      if (message.type === "input") asked();
      said(message, bytes);
    }
  };
  listen(out, (message, bytes) => hear(message as FromUser, bytes));
  listen(control, (message) => controlled(message as FromControl));
  listen(cells, forged);
  // A process that dies leaves a broken pipe; its end is told by `died`.
  for (const line of [control, cells, answers]) line?.on("error", () => undefined);
  const { tell, asked } = answeringOnce(teller(control, cells, mark));
  const report = readRaw(child, wrote);
  void end(child, out).then(([code, signal]) =>
    died(blame ?? deathOf(code, signal, report.join(""), memory)),
  );
  return {
    tell,
    answer: (answer, under) => void answers?.write(frame(answer, under)),
    interruptChildren: () => {
      if (ready && !restriction) signalGroup(child, "SIGINT");
    },
    stop: (stop) => {
      // Graded work has no thread that listens beside it: there a signal stops it, and its answer comes then.
      if (ready && restriction) signalGroup(child, "SIGINT");
      tell({ type: "interrupt", stop });
    },
    kill: () => signalGroup(child, "SIGKILL"),
  };
}

/** Passes on one answer to each question: one that comes twice, or for the process before, answers no later question. */
function answeringOnce(tellAny: UserProcess["tell"]) {
  let asks = false;
  const tell: UserProcess["tell"] = (message) => {
    const isAnswer = message.type === "input";
    if (isAnswer && !asks) return;
    if (isAnswer) asks = false;
    tellAny(message);
  };
  const asked = () => {
    asks = true;
  };
  return { tell, asked };
}

/** Brings each message to its thread. */
function teller(control: Writable, cells: Writable, mark: Seal): UserProcess["tell"] {
  let begun = false;
  const tellCells = (message: ToUser) => {
    begun = true;
    cells.write(frame(message, mark));
  };
  return (message) => {
    switch (message.type) {
      case "interrupt":
      case "input":
      case "inspect":
      case "leave":
        // The first message to the learner's thread starts the one beside it.
        if (!begun) tellCells({ type: "nudge" });
        return void control.write(frame(message));
      case "nudge":
        control.write(frame(message));
        return tellCells(message);
      default:
        return tellCells(message);
    }
  };
}

const isAlive = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;

/** Signals a process and its children. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!isAlive(child)) return;
  if (group) process.kill(-child.pid!, signal);
  else if (signal === "SIGKILL") child.kill(signal);
}

function spawned(main: URL, { memory, restriction }: UserLimits): ChildProcess {
  const node = [process.execPath, ...nodeFlags(memory), ...(restriction?.flags ?? [])];
  const [program, ...rest] = [...(restriction?.before ?? []), ...node, fileURLToPath(main)];
  const child = spawn(program!, rest, {
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", restriction ? "pipe" : "ignore"],
    // A group of its own, so that an interrupt reaches its children and not the host.
    detached: group,
    ...(restriction ? { env: restriction.environment } : {}),
  });
  if (restriction && group && child.pid) endWithThisProcess(child);
  return child;
}

/**
 * Flags without which the design does not hold: an interrupt inside a callback would end the process
 * (`--no-force-async-hooks-checks`), and Node 22 would not know which cell a callback belongs to.
 */
function nodeFlags(memory: number | undefined): string[] {
  const major = Number(process.versions.node.split(".")[0]);
  return [
    "--no-force-async-hooks-checks",
    ...(major === 22 ? ["--experimental-async-context-frame"] : []),
    // Warnings are sent to the kernel's log; on stderr they would stand among the learner's output.
    "--no-warnings",
    ...(memory === undefined ? [] : [`--max-old-space-size=${memory}`]),
  ];
}

/** Passes on raw output, and keeps what V8 writes about a crash. */
function readRaw({ stdout, stderr }: ChildProcess, wrote: UserEvents["wrote"]): string[] {
  const report: string[] = [];
  stdout!.setEncoding("utf8").on("data", (text: string) => wrote("stdout", text));
  const { take, end } = withoutNodeRemarks((text) => {
    if (report.length > 0 || isCrashReport(text)) report.push(text);
    else wrote("stderr", text);
  });
  stderr!.setEncoding("utf8").on("data", take).on("end", end);
  return report;
}

/** The exit, once everything that the process said before has been read. */
async function end(
  child: ChildProcess,
  out: Readable,
): Promise<[code: number | null, signal: NodeJS.Signals | null]> {
  const read = once(out, "close");
  const exit = await once(child, "exit").catch(() => [1, null]);
  // A grandchild may hold the pipe open; it does not speak for the process.
  await Promise.race([read, new Promise((resolve) => setTimeout(resolve, 300))]);
  return exit as [number | null, NodeJS.Signals | null];
}
