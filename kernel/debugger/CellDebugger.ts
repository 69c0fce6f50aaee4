import type { Debugger } from "node:inspector";
import type { CellSource, Follower, Session } from "../session/index.ts";
import { Breakpoints } from "./Breakpoints.ts";
import { cellPath } from "./cellPath.ts";
import { Files, type Loaded, literally } from "./Files.ts";
import { Pause } from "./Pause.ts";
import { type Say, thread } from "./protocol.ts";
import { type Call, callOf, isDebuggerStatement, isShown } from "./Stack.ts";
import { isCaught, type Move, onward, type Step, stepFrom } from "./stepping.ts";
import { Values } from "./Values.ts";

/** Which errors stop a cell: those that no cell catches, or all. */
export type Filter = "uncaught" | "all";

/** Why the inspector halted; a step that began in an earlier cell is a `leftover`. */
type Reason = "breakpoint" | "exception" | "step" | "pause" | "leftover";

/** What the debugger works with. */
export interface DebuggerSurroundings {
  readonly session: Session;
  readonly say: Say;
  readonly log: (line: string) => void;
  /** The folder of the kernel's own code, as an address. */
  readonly kernel: string;
}

/** Milliseconds after which a stop that was asked for and did not come is asked for again. */
const reminderTime = 100;

/**
 * Stops cells at breakpoints and errors, and lets them go on step by step. It speaks with V8's inspector of the
 * process that runs them, and follows when another process takes its place. While it is not attached it costs
 * nothing.
 */
export class CellDebugger implements Follower {
  readonly breakpoints: Breakpoints;
  readonly values: Values;
  readonly files: Files;
  readonly #session: Session;
  readonly #say: Say;
  readonly #log: (line: string) => void;
  readonly #kernel: string;
  readonly #texts = new Map<string, string>();
  #pause: Pause | undefined;
  #step: Step | undefined;
  #stopsSoon = false;
  #reminder: NodeJS.Timeout | undefined;
  #frames = 1;
  #filters: readonly Filter[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ session, say, log, kernel }: DebuggerSurroundings) {
    this.#session = session;
    this.#say = say;
    this.#log = log;
    this.#kernel = kernel;
    this.files = new Files(kernel);
    this.breakpoints = new Breakpoints(session, this.files, say);
    this.values = new Values(session);
  }

  get isAttached(): boolean {
    return this.#session.follower === this;
  }

  /** The cell that stands still, if one does. */
  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** What changes breakpoints goes one after the other. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Begins to follow the cells. */
  async attach(): Promise<void> {
    if (this.isAttached) return;
    this.#session.follower = this;
    await this.#enter();
    await this.breakpoints.bindAll();
  }

  /** Leaves the cells alone; a paused one goes on. */
  async detach(): Promise<void> {
    if (!this.isAttached) return;
    await this.#try(this.values.forget());
    this.#session.follower = undefined;
    this.#session.inspector.leave();
    this.#session.tell({ type: "debugged", on: false });
    this.breakpoints.clear();
    this.files.forget();
    this.#filters = [];
    this.#stopsSoon = false;
    this.#goesOn();
  }

  /** Learns a cell's text; gives the path that stands for it. */
  know(text: string): string {
    const path = cellPath(text);
    this.#texts.set(path, text);
    return path;
  }

  /** The text behind a path: of a cell that is known, or of a file as it is now. */
  textAt(path: string): string | undefined {
    return this.#texts.get(path) ?? this.files.sourceOf(path)?.text;
  }

  /** The text of a cell or file that runs; when a file was changed since it was loaded, its code as it runs. */
  async sourceOf(path: string): Promise<string | undefined> {
    const loaded = this.files.list.find((one) => one.path === path);
    const now = this.files.sourceOf(path);
    if (!loaded || !now) return this.textAt(path);
    const { scriptSource } = await this.#session.inspector.ask<Debugger.GetScriptSourceReturnType>(
      "Debugger.getScriptSource",
      { scriptId: loaded.id },
    );
    return `${scriptSource}\n` === now.code ? now.text : scriptSource;
  }

  async stopAtErrors(filters: readonly Filter[]): Promise<void> {
    this.#filters = filters;
    await this.#tellFilters();
  }

  /** Lets a paused cell go on, or stops a running one. @throws {Error} when no cell is paused. */
  async go(move: Move): Promise<void> {
    if (!this.#pause)
      throw new Error("No cell is paused.\nHint: set a breakpoint and run the cell.");
    const { calls } = this.#pause;
    // Out of a cell itself there is nothing but the kernel.
    const isOut = move === "stepOut" && calls.filter(isShown).length === 1;
    // Said now: the cell may be over before the inspector's own word arrives by another way.
    this.#goesOn();
    await this.#move(isOut ? "resume" : move, calls);
  }

  /** Stops at whatever a cell does next. */
  async stopSoon(): Promise<void> {
    this.#stopsSoon = true;
    await this.#session.inspector.ask("Debugger.pause");
    clearTimeout(this.#reminder);
    // V8 forgets it where it meets the kernel's own code at that moment.
    this.#reminder = setTimeout(() => {
      if (this.#stopsSoon) void this.#try(this.stopSoon());
    }, reminderTime).unref();
  }

  async beforeCell(file: string, source: CellSource): Promise<void> {
    // A step beyond the end of a cell is not one into the next.
    this.#step = undefined;
    this.know(source.text);
    const bound = this.inTurn(async () => {
      await this.breakpoints.bind(file, source);
      await this.breakpoints.bindFiles();
    });
    await this.#try(bound);
  }

  restarted(): void {
    this.files.forget();
    this.#goesOn();
    // The next cell waits for its turn, so this comes first.
    const entered = this.inTurn(async () => {
      await this.#enter();
      await this.breakpoints.bindAll();
    });
    void this.#try(entered);
  }

  seen(method: string, parameters: object): void {
    // What each event brings is written in the inspector's protocol.
    if (method === "Debugger.scriptParsed") {
      this.files.loaded(parameters as Loaded);
    } else if (method === "Debugger.paused") {
      void this.#try(this.#halted(parameters as Debugger.PausedEventDataType));
    } else if (method === "Debugger.resumed") {
      this.#goesOn();
    } else if (method === "Debugger.breakpointResolved") {
      this.breakpoints.resolved(parameters as Debugger.BreakpointResolvedEventDataType);
    }
  }

  async #enter(): Promise<void> {
    const { inspector } = this.#session;
    this.#session.tell({ type: "debugged", on: true });
    await inspector.ask("Debugger.enable");
    const patterns = [`^${literally(this.#kernel)}`, "^node:"];
    await inspector.ask("Debugger.setBlackboxPatterns", { patterns });
    await this.#tellFilters();
  }

  async #tellFilters(): Promise<void> {
    const state = this.#filters.length > 0 ? "all" : "none";
    await this.#session.inspector.ask("Debugger.setPauseOnExceptions", { state });
  }

  /** The inspector halted: either a person wants to see that, or it goes on from here at once. */
  async #halted(halt: Debugger.PausedEventDataType): Promise<void> {
    const where = { files: this.files, sources: this.#session.sources };
    const calls = halt.callFrames.map((frame) => callOf(frame, where));
    const reason = this.#reasonOf(halt, calls);
    const move = this.#moveFrom(reason, calls);
    if (move) {
      await this.#move(move, calls, this.#step);
      // A stop that was asked for came while the kernel was at work.
      if (reason === "pause" && move === "resume") await this.stopSoon();
      return;
    }
    this.#step = undefined;
    this.#stopsSoon = false;
    this.#pause = new Pause(calls, this.values, this.#frames);
    this.#frames += calls.length;
    const text = halt.data && (halt.data as { description?: string }).description?.split("\n")[0];
    this.#say("stopped", {
      ...{ reason, threadId: thread.id, allThreadsStopped: true },
      ...(reason === "exception" && text ? { description: text, text } : {}),
    });
  }

  #reasonOf(halt: Debugger.PausedEventDataType, [top]: readonly Call[]): Reason {
    if (/^(?:exception|promiseRejection)$/.test(halt.reason)) return "exception";
    const text = top && (top.cell?.text ?? this.textAt(top.source.path));
    if (halt.hitBreakpoints?.length || (top && isDebuggerStatement(top, text))) return "breakpoint";
    // A stop that was asked for may go a few steps, out of the kernel, before it is one.
    if (this.#stopsSoon) return "pause";
    return this.#step ? "step" : "leftover";
  }

  #moveFrom(reason: Reason, calls: readonly Call[]): Move | undefined {
    if (reason === "leftover") return "resume";
    if (reason === "exception" && !this.#filters.includes("all") && isCaught(calls))
      return this.#step?.move ?? "resume";
    return onward(calls, reason === "step" ? this.#step : undefined);
  }

  /** Goes on from these calls, as a new step or as a part of one. */
  async #move(move: Move, calls: Step["calls"], step?: Step): Promise<void> {
    this.#step = stepFrom(move, calls, step);
    await this.#session.inspector.ask(`Debugger.${move}`);
  }

  /** The process may end at any moment; then there is nothing to be done in it. */
  async #try(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.#log(`the debugger could not go on: ${error}`));
  }

  #goesOn(): void {
    if (!this.#pause) return;
    this.#pause = undefined;
    this.#say("continued", { threadId: thread.id, allThreadsContinued: true });
  }
}
