import { type EventEmitter, once } from "node:events";
import type { UserProcess } from "./UserProcess.ts";

/** Where the answers of a user process are heard. */
export interface Stopping {
  readonly heard: EventEmitter;
  /** Milliseconds that waiting cells have to answer before they are stopped by force. */
  readonly patience: number;
  /** Whether the process is still the session's. */
  readonly isCurrent: () => boolean;
}

/**
 * Stops cells that run beside each other, or, when none is given, whatever keeps their process from hearing:
 * `hopeless` when nothing helps, `gone` when their process ended meanwhile.
 */
export async function stopCells(
  cells: readonly number[],
  user: UserProcess,
  stopping: Stopping,
): Promise<"stopped" | "hopeless" | "gone"> {
  const { heard, patience, isCurrent } = stopping;
  if (cells.length > 0) user.interruptChildren();
  // Most cells wait, and then it is enough to tell them. A stop could hit Node's own code between two
  // callbacks, and a list of timers that is left half changed keeps the process busy for ever.
  if (await cancelled(cells, user, heard, patience)) return "stopped";
  // Answers have more time with each attempt, because a busy machine may be slow to give them.
  let silence = 0;
  for (let time = 5; time < 1000 && silence < 3000 && isCurrent(); time = Math.round(1.4 * time)) {
    if (!(await stopped(user, heard, 60 * time))) silence += 60 * time;
    else if (await cancelled(cells, user, heard, time)) return "stopped";
  }
  return isCurrent() ? "hopeless" : "gone";
}

let stops = 0;

/** Stops once. The answer to an earlier stop is not taken for it: until this one is over, it could hit the next cell. */
function stopped(user: UserProcess, heard: EventEmitter, time: number): Promise<boolean> {
  const stop = ++stops;
  const answer = hears(heard, `interrupted ${stop}`, time);
  user.stop(stop);
  return answer;
}

let attempts = 0;

/** The stop may hit the very message that asks whether it worked, so that is asked more than once. */
async function cancelled(
  cells: readonly number[],
  user: UserProcess,
  heard: EventEmitter,
  time: number,
): Promise<boolean> {
  const attempt = ++attempts;
  const answer = hears(heard, `cancelled ${attempt}`, time);
  const again = setInterval(() => user.tell({ type: "cancel", cells, attempt }), 1);
  user.tell({ type: "cancel", cells, attempt });
  return answer.finally(() => clearInterval(again));
}

function hears(heard: EventEmitter, event: string, milliseconds: number): Promise<boolean> {
  const signal = AbortSignal.timeout(milliseconds);
  return once(heard, event, { signal }).then(
    () => true,
    () => false,
  );
}
