import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Entry } from "./History.ts";

/** The history of all sessions: one file for each, one JSON line for each cell. */
export interface HistoryFiles {
  /** The cells of the sessions before this one, oldest first. */
  readonly earlier: () => readonly Entry[];
  readonly add: (entry: Entry) => void;
}

/** No more sessions than these are kept. */
const kept = 300;

/** Where histories are kept: with what programs remember between their runs, never beside notebooks. */
export function historyFolder({
  XDG_STATE_HOME,
  LOCALAPPDATA,
}: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === "win32") {
    return join(LOCALAPPDATA || homedir(), "downhill", "history");
  }
  return join(XDG_STATE_HOME || join(homedir(), ".local", "state"), "downhill", "history");
}

/** Opens the history in a folder. The present session gets its file with its first cell. */
export function historyFiles(folder: string): HistoryFiles {
  let own: number | undefined;
  let read: readonly Entry[] | undefined;
  return {
    earlier: () => {
      read ??= sessionsIn(folder)
        .filter((session) => session !== own)
        .flatMap((session) => entriesOf(folder, session));
      return read;
    },
    add: (entry) => {
      own ??= newSession(folder);
      appendFileSync(fileOf(folder, own), `${JSON.stringify(entry)}\n`);
    },
  };
}

const fileOf = (folder: string, session: number): string => join(folder, `${session}.jsonl`);

const sessionsIn = (folder: string): number[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => /^\d+\.jsonl$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);

/** A file of its own for this session, though other kernels begin theirs at the same moment. */
function newSession(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sessions = sessionsIn(folder);
  for (const old of sessions.slice(0, Math.max(0, sessions.length + 1 - kept))) {
    rmSync(fileOf(folder, old), { force: true });
  }
  for (let session = (sessions.at(-1) ?? 0) + 1; ; session++) {
    try {
      writeFileSync(fileOf(folder, session), "", { flag: "wx", mode: 0o600 });
      return session;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function entriesOf(folder: string, session: number): Entry[] {
  const lines = readFileSync(fileOf(folder, session), "utf8").split("\n");
  return lines.flatMap((line) => entry(line, session));
}

/** A line that was being written when its kernel ended is no entry. */
function entry(line: string, session: number): Entry[] {
  try {
    const { line: number, source, output } = JSON.parse(line) as Entry;
    return [{ session, line: number, source, output }];
  } catch {
    return [];
  }
}
