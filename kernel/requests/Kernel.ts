import type { Debugging } from "../debugger/index.ts";
import type { Ask, Entry, HistoryFiles, Picture, Publish, Session } from "../session/index.ts";
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
  /** Done when all pictures of the cells so far are made. */
  painting: Promise<unknown>;
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
  /** A file whose text runs before the first cell. */
  readonly preload: string | undefined;
  /** Which of the session's processes has run that file. */
  prepared: number;
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
  /** Ends the kernel once the answer has left. */
  readonly shutdown: () => void;
}

/** An answer that need not wait for all that its request still shows; idle is said after that. */
export class EarlyReply {
  readonly content: Content;
  readonly rest: Promise<unknown> | undefined;

  constructor(content: Content, rest?: Promise<unknown>) {
    this.content = content;
    this.rest = rest;
  }
}

type Answer = Content | EarlyReply;

/** Answers one kind of request. What it gives is the content of the reply. */
export type Handler = (
  kernel: Kernel,
  request: Message,
  channel: Channel,
) => Answer | Promise<Answer>;
