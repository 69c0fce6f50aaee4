import type { Debugging } from "../debugger/index.ts";
import type {
  Ask,
  Entry,
  HistoryFiles,
  Outcome,
  Picture,
  Publish,
  Session,
} from "../session/index.ts";
import type { TypeChecker } from "../types/index.ts";
import type { Channel, Connection, Content, Message } from "../wire/index.ts";

/** What the answers to requests are made from. */
export interface Kernel {
  readonly connection: Connection;
  readonly session: Session;
  readonly publish: Publish;
  readonly log: (line: string) => void;
  /** Makes static pictures of figures; absent where none are wanted. */
  readonly picture?: Picture;
  /** Done when all pictures of the cells so far are made; undefined when they are. */
  painting: Promise<unknown> | undefined;
  /** The type checker, started by the first who wants it; absent when it is turned off. */
  readonly types?: TypeChecker | undefined;
  /** Whether an ill-typed cell is refused, or runs with a remark. */
  readonly strict: boolean;
  /** Whether cells are graded work, which nobody debugs. */
  readonly restricted: boolean;
  /** The folder of the kernel's own code. */
  readonly folder: URL;
  /** The debugger, once somebody asked for it. */
  debugging: Promise<Debugging> | undefined;
  /** What is wrong with the settings and has not been told yet. */
  readonly complaints: string[];
  /** A file whose text runs before the first cell. */
  readonly preload: string | undefined;
  /** Which of the session's processes has run that file. */
  prepared: number;
  /** Runs that file: it gives the error with which that ended, if it did. */
  preparing: Promise<Outcome | undefined> | undefined;
  /** The library, for what documentation says of a loss; loaded by the first who asks. */
  readonly library: () => Promise<object>;
  readonly history: Entry[];
  /** What sessions before this one left; absent where nothing is to be kept. */
  historyFiles: HistoryFiles | undefined;
  /** How many cells have been counted; the number in `In [3]`. */
  executionCount: number;
  /** Sends a question to the front end that made this request. */
  readonly ask: (request: Message, question: Parameters<Ask>[0]) => void;
  /** Done when whoever sent this cell has sent another one, and so does not wait for the end of this one. */
  readonly goesOn: (request: Message) => Promise<void>;
  readonly subshells: Subshells;
  /** Whether this cell was sent before the one before had ended, and more may follow as fast. */
  readonly hurried: (request: Message) => boolean;
  /** Ends the kernel once the answer has left. */
  readonly shutdown: () => void;
}

/** Shells beside the main one, by the names that messages carry. */
export interface Subshells {
  /** @returns The name of a new one. */
  readonly create: () => string;
  /** Cells that wait in it are aborted; one that runs goes on. @returns Whether there was one of that name. */
  readonly delete: (id: string) => boolean;
  readonly list: () => string[];
}

/** An answer that need not wait for all that its request still shows: `rest` is called when it has left, and idle is said after that. */
export class EarlyReply {
  readonly content: Content;
  readonly rest: (() => Promise<void>) | undefined;

  constructor(content: Content, rest?: () => Promise<void>) {
    this.content = content;
    this.rest = rest;
  }
}

type Answer = Content | EarlyReply;

/** The content of a reply that says what is wrong. */
export const errorReply = (
  ename: string,
  evalue: string,
  traceback: readonly string[] = [`${ename}: ${evalue}`],
): Content => ({ status: "error", ename, evalue, traceback });

/** Answers one kind of request. What it gives is the content of the reply. */
export type Handler = (
  kernel: Kernel,
  request: Message,
  channel: Channel,
) => Answer | Promise<Answer>;
