import { randomUUID } from "node:crypto";
import type { Subshells } from "./requests/index.ts";
import type { Channel, Message } from "./wire/index.ts";

/** A cell that waits for its turn. */
export interface Waiting {
  readonly channel: Exclude<Channel, "hb" | "iopub">;
  readonly request: Message;
}

/** Where cells wait for each other. */
export interface Shell {
  readonly waiting: Waiting[];
  working: boolean;
}

/**
 * The main shell and those that front ends made beside it. The cells of one shell run one after the other, beside
 * those of other shells: all on the one thread of the learner's process, so a cell goes on while others await.
 */
export function shells(drop: (waiting: readonly Waiting[]) => void) {
  const main: Shell = { waiting: [], working: false };
  const beside = new Map<string, Shell>();
  const subshells: Subshells = {
    create: () => {
      const id = randomUUID();
      beside.set(id, { waiting: [], working: false });
      return id;
    },
    delete: (id) => {
      drop(beside.get(id)?.waiting.splice(0) ?? []);
      return beside.delete(id);
    },
    list: () => [...beside.keys()],
  };
  /** The shell that a message is for, if it is there. */
  const shellOf = ({ header: { subshell_id } }: Message): Shell | undefined =>
    subshell_id === undefined || subshell_id === null ? main : beside.get(subshell_id);
  return { subshells, shellOf };
}
