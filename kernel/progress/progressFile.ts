import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../../src/index.ts";

/**
 * The file beside the lessons that remembers what a learner has done: one JSON record a line. Records are
 * only ever added, so two notebooks may write at the same time, and nothing that stands there is lost.
 */
export const progressName = "progress.jsonl";

/** What the file says, as far as it can be read. */
export interface Remembered {
  readonly records: readonly Progress[];
  /** Numbers of the lines that are no records, counted from 1. They stay in the file. */
  readonly unreadable: readonly number[];
}

/** Reads the progress file of a folder; a folder without one has no progress yet. */
export function readProgress(folder: string): Remembered {
  const file = join(folder, progressName);
  const records: Progress[] = [];
  const unreadable: number[] = [];
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const record = parsed(line);
    if (isProgress(record)) records.push(record);
    else unreadable.push(index + 1);
  }
  return { records, unreadable };
}

/** Adds what is worth remembering and not yet there: a solved exercise, a guess with its answer. */
export function noteProgress(folder: string, progress: Progress, date: Date): void {
  const worthIt = progress.kind === "exercise" ? progress.solved : progress.guess !== "?";
  if (!worthIt || readProgress(folder).records.some((known) => same(known, progress))) return;
  const file = join(folder, progressName);
  // After a line that was cut off, the record must begin on a line of its own.
  const open = existsSync(file) && !/(?:^|\n)$/.test(readFileSync(file, "utf8"));
  appendFileSync(file, `${open ? "\n" : ""}${JSON.stringify({ date, ...progress })}\n`);
}

/** Whether a value has the form of a record. */
export function isProgress(value: unknown): value is Progress {
  if (typeof value !== "object" || value === null) return false;
  const { kind, id, solved, guess, answer } = value as Record<string, unknown>;
  if (typeof id !== "string") return false;
  if (kind === "exercise") return typeof solved === "boolean";
  return kind === "prediction" && typeof guess === "string" && typeof answer === "string";
}

function same(one: Progress, other: Progress): boolean {
  if (one.kind !== other.kind || one.id !== other.id) return false;
  return one.kind === "exercise" || one.guess === (other as typeof one).guess;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // The caller counts it among the lines that cannot be read.
  }
}
