import type { Shell, Waiting } from "./shells.ts";
import type { Message } from "./wire/index.ts";

/** Milliseconds after a message in which whoever sent it often sends another one. */
const restAfter = 100;

/** What the coming of messages says about those who send them: who waits for what, and who waits for nothing. */
export function arrivals(shellOf: (request: Message) => Shell | undefined) {
  const waiting = new Map<string, (() => void)[]>();
  const hurried = new WeakSet<Message>();
  let last = 0;
  return {
    /** A message has come. */
    heard: (): void => {
      last = performance.now();
    },
    /** A cell has come, and waits in its shell. */
    came: (request: Message, shell: Shell): void => {
      if (shell.working) hurried.add(request);
      const from = sender(request);
      for (const go of waiting.get(from) ?? []) go();
      waiting.delete(from);
    },
    /** Whether nobody has said anything for a while. */
    isResting: (): boolean => performance.now() - last > restAfter,
    /** Whether this cell was sent before the one before had ended. */
    hurried: (request: Message): boolean => hurried.has(request),
    /** Done when whoever sent this cell has sent another one. */
    goesOn: (request: Message): Promise<void> => {
      const same = (other: Waiting) => sender(other.request) === sender(request);
      if (shellOf(request)?.waiting.some(same)) return Promise.resolve();
      const from = sender(request);
      return new Promise((resolve) => {
        waiting.set(from, [...(waiting.get(from) ?? []), resolve]);
      });
    },
  };
}

/** Who sends cells one after the other: a client, in one shell. */
const sender = ({ header: { session, subshell_id } }: Message): string =>
  `${session} ${subshell_id ?? ""}`;
