import type { FromControl, ToControl } from "../link/index.ts";
import type { Source } from "./traceback.ts";

/** V8's inspector of the process that runs the cells, for a debugger. */
export interface Inspector {
  /**
   * Asks for something by the methods of the Chrome DevTools protocol.
   * @throws {Error} when the inspector refuses, or when the process ends before it could answer.
   */
  readonly ask: <Result extends object>(method: string, parameters?: object) => Promise<Result>;
  /** Closes it; what is paused goes on. */
  readonly leave: () => void;
}

/** Who follows what happens to cells. */
export interface Follower {
  /** A cell is going to run when this is done. */
  readonly beforeCell: (file: string, source: CellSource) => Promise<void>;
  /** The inspector saw something. */
  readonly seen: (method: string, parameters: object) => void;
  /** A new process took the place of the one before. */
  readonly restarted: () => void;
}

/** A cell as it runs, with the way from a place in its code to the place in its text. */
export interface CellSource extends Source {
  readonly code: string;
  /** As {@link CompiledCell.columnOffset}. */
  readonly columnOffset: number;
}

/** The host's end of the inspector; `tell` says whether there is a process to be told. */
export function inspectorBy(
  tell: (message: ToControl) => boolean,
  seen: (method: string, parameters: object) => void,
) {
  const waiting = new Map<number, { done: (result: object) => void; fail: (e: Error) => void }>();
  let last = 0;
  let nudging: NodeJS.Timeout | undefined;
  const answered = (id: number) => {
    waiting.delete(id);
    if (waiting.size > 0) return;
    clearInterval(nudging);
    nudging = undefined;
  };
  const inspector: Inspector = {
    ask: <Result extends object>(method: string, parameters: object = {}) =>
      new Promise<Result>((done, fail) => {
        const id = ++last;
        if (!tell({ type: "inspect", id, method, parameters })) return fail(gone());
        // The protocol says which result belongs to which method.
        waiting.set(id, { done: done as (result: object) => void, fail });
        nudging ??= setInterval(() => tell({ type: "nudge" }), patience).unref();
      }),
    leave: () => void tell({ type: "leave" }),
  };
  return {
    inspector,
    /** Takes what the control thread told. */
    heard(message: FromControl): void {
      if (message.type === "seen") return seen(message.method, message.parameters);
      if (message.type !== "inspected") return;
      const { done, fail } = waiting.get(message.id) ?? {};
      answered(message.id);
      if (message.error === undefined) done?.(message.result ?? {});
      else fail?.(new Error(message.error));
    },
    /** The process has ended. */
    lost(): void {
      for (const [id, { fail }] of waiting) {
        fail(gone());
        answered(id);
      }
    },
  };
}

/**
 * Milliseconds until the threads are nudged. On a busy machine Node.js sometimes (with 26, four of about 200 000)
 * leaves an answer lying in a thread that sleeps, until that wakes up for something else.
 */
const patience = 100;

const gone = (): Error =>
  new Error("The process of the cells has ended.\nHint: run the cells you need again.");
