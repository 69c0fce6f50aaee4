import type { Seal } from "./frames.ts";

/** A value in the forms that front ends can show, by MIME type. */
export type Bundle = Readonly<Record<string, unknown>>;

/** What a cell threw, in plain words and places. */
export interface Failure {
  /** The class of the error, for example `RangeError`. */
  readonly ename: string;
  readonly evalue: string;
  /** What V8 wrote below the message: one line per call, innermost first. */
  readonly stack: readonly string[];
  /** What it carries beside its message, such as `{ code: 'E_RATE' }`. */
  readonly facts?: string;
  /** What the error says caused it. */
  readonly cause?: Failure;
  /** The errors that it stands for. */
  readonly parts?: readonly Failure[];
}

/** One step in the life of a comm, in either direction. */
export interface CommStep {
  readonly kind: "comm_open" | "comm_msg" | "comm_close";
  readonly content: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** What the test of a graded cell asks the host. */
export type Question =
  | {
      readonly type: "compare";
      readonly actual: unknown;
      readonly expected: unknown;
      readonly tolerance: number;
    }
  | {
      readonly type: "count";
      readonly outOf: number;
      readonly rows: readonly {
        readonly test: string;
        readonly passed: boolean;
        readonly says: string;
      }[];
    };

/** The first word of the host: what stands in front of all that the process says, and of all that it is told. */
export interface Agreed {
  readonly seal: Seal;
  /** A cell could read it, so nothing is believed because of it; it only tells where a message begins. */
  readonly mark: Seal;
}

/** What the host tells the learner's thread. */
export type ToUser =
  | {
      readonly type: "run";
      readonly cell: number;
      /** A function expression; called with the cell's own `$cell`. */
      readonly code: string;
      /** The name in stack traces. */
      readonly file: string;
      /** The session's variables that the cell declares. */
      readonly variables: readonly string[];
      /** Whether the function gives a promise of the cell's value. */
      readonly waits: boolean;
      readonly columnOffset: number;
      /** Whether the value is wanted as a bundle. */
      readonly show: boolean;
    }
  /** The cell's text is what a later `run` may bring; who knows it by then runs it sooner. */
  | {
      readonly type: "readAhead";
      readonly code: string;
      readonly file: string;
      readonly columnOffset: number;
    }
  | { readonly type: "cancel"; readonly cells: readonly number[]; readonly attempt: number }
  /** `cell` counts what the comm's message causes as if it were a cell. */
  | { readonly type: "comm"; readonly cell: number; readonly step: CommStep }
  /** Whether a debugger is there, which wants to see every step. */
  | { readonly type: "debugged"; readonly on: boolean }
  | Nudge;

/** Nothing but a reason to wake up. */
interface Nudge {
  readonly type: "nudge";
}

/** What the host asks of the control thread, which answers even while a cell computes. */
export type ToControl =
  /** `stop` counts the interrupts. */
  | { readonly type: "interrupt"; readonly stop: number }
  /** What the person answered, or nothing when nobody can be asked. */
  | { readonly type: "input"; readonly text: string | undefined }
  /** A request to V8's inspector of the learner's thread. */
  | {
      readonly type: "inspect";
      readonly id: number;
      readonly method: string;
      readonly parameters: object;
    }
  /** No more such requests: what is paused goes on. */
  | { readonly type: "leave" }
  | Nudge;

/** What the user process tells the host. `cell` is the cell that caused it. */
export type FromUser =
  /** The first word: from here on a signal does not end the process. */
  | { readonly type: "ready" }
  | {
      readonly type: "stream";
      readonly cell: number;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly type: "display";
      readonly cell: number;
      readonly data: Bundle;
      readonly metadata: Bundle;
      readonly id?: string;
      /** Whether this replaces what was shown under the id before. */
      readonly update: boolean;
    }
  | { readonly type: "clear"; readonly cell: number; readonly wait: boolean }
  | {
      readonly type: "done";
      readonly cell: number;
      readonly data?: Bundle;
      readonly metadata?: Bundle;
    }
  | { readonly type: "failed"; readonly cell: number; readonly failure: Failure }
  | { readonly type: "cancelled"; readonly attempt: number }
  | { readonly type: "warning"; readonly text: string }
  | {
      readonly type: "input";
      readonly cell: number;
      readonly prompt: string;
      readonly password: boolean;
    }
  /** The answer comes on a line of its own, under this seal. */
  | { readonly type: "asked"; readonly seal: Seal; readonly question: Question }
  | { readonly type: "comm"; readonly cell: number; readonly step: CommStep }
  /** A comm's message has been dealt with. */
  | { readonly type: "handled"; readonly cell: number };

/** What the control thread tells the host. */
export type FromControl =
  /** The interrupt has done whatever it does: it hits nothing that runs later. */
  | { readonly type: "interrupted"; readonly stop: number }
  | {
      readonly type: "inspected";
      readonly id: number;
      readonly result?: object;
      readonly error?: string;
    }
  /** Something that the inspector saw by itself. */
  | { readonly type: "seen"; readonly method: string; readonly parameters: object };
