import { EventEmitter, once } from "node:events";
import type { CompiledCell, Kind } from "../compile/index.ts";
import type { CommStep, FromControl, FromUser } from "../link/index.ts";
import type { Header } from "../wire/index.ts";
import { type Ask, type CellOutput, cellOutput, type Publish, silentOutput } from "./cellOutput.ts";
import { type Death, hopeless } from "./death.ts";
import { type CellSource, type Follower, type Inspector, inspectorBy } from "./Inspector.ts";
import { type Outcome, plainError } from "./Outcome.ts";
import { openComms } from "./openComms.ts";
import { refusedNames, restrictionFor } from "./restrictions.ts";
import { stopCell } from "./stopCell.ts";
import { errorContent, syntaxErrorContent } from "./traceback.ts";
import { startUserProcess, type UserProcess } from "./UserProcess.ts";

/** What a session needs from the kernel around it. */
export interface Surroundings {
  /** The entry file of the user process. */
  readonly main: URL;
  readonly publish: Publish;
  readonly log: (line: string) => void;
  /** Characters that one cell may print. */
  readonly outputCap: number;
  /** Where what cells write to stderr goes. */
  readonly stderr: "stdout" | "stderr";
  /** Megabytes that the learner's objects may take; Node's own limit when not given. */
  readonly memory?: number | undefined;
  /** Whether work is graded: then cells may read the assignment's files and nothing else. */
  readonly restricted: boolean;
}

/** How the user process says that a cell ended. */
type Ending =
  | Extract<FromUser, { type: "done" | "failed" }>
  | { readonly type: "interrupted" }
  | { readonly type: "died"; readonly death: Death };

/** Cells run one after another; what they declare stays, whatever becomes of the process that runs them. */
export class Session {
  readonly #around: Surroundings;
  /** The names that cells have declared. */
  readonly names = new Map<string, Kind>();
  /** The cell that ran last under each name, such as `In[3]`. */
  readonly sources = new Map<string, CellSource>();
  readonly #outputs = new Map<number, CellOutput>();
  readonly #heard = new EventEmitter();
  readonly #comms = openComms();
  readonly #inspection = inspectorBy(
    (message) => this.tell(message),
    (method, parameters) => this.follower?.seen(method, parameters),
  );
  readonly inspector: Inspector = this.#inspection.inspector;
  /** Who is told of each cell and of what the inspector sees. */
  follower: Follower | undefined;
  #user: UserProcess | undefined;
  #cells = 0;
  #processes = 0;
  #running: { readonly cell: number; readonly settle: (ending: Ending) => void } | undefined;
  /** The cell that is going to run; an interrupt stops it before it begins. */
  #coming: { stopped: boolean } | undefined;
  #interrupting: Promise<void> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#user = this.#start();
  }

  /** The place where a cell's outputs go; `ask` brings its questions to the person who ran it. */
  outputFor(parent: Partial<Header>, silent: boolean, ask: Ask): CellOutput {
    const { publish, outputCap, stderr } = this.#around;
    if (silent) return silentOutput(parent, publish, ask);
    return cellOutput(parent, { publish, outputCap, stderr, ask });
  }

  /** Runs a cell to its end. `file` is its name in stack traces; `show` asks for its value. */
  async run(code: string, file: string, output: CellOutput, show = true): Promise<Outcome> {
    const cell = ++this.#cells;
    this.#remember(cell, output);
    const coming = { stopped: false };
    this.#coming = coming;
    const compiled = await this.#compile(code, file);
    if ("status" in compiled) return compiled;
    const { declares, place, ...rest } = compiled;
    const refused = this.#around.restricted && refusedNames(declares.map(({ name }) => name));
    if (refused) return refused;
    const source = { text: code, place, code: rest.code, columnOffset: rest.columnOffset };
    this.sources.set(file, source);
    // An interrupt that is still on its way must not hit this cell.
    await this.#interrupting;
    this.#ready();
    await this.follower?.beforeCell(file, source);
    this.#coming = undefined;
    if (coming.stopped) return this.#outcome({ type: "interrupted" });
    for (const { name, kind } of declares) this.names.set(name, kind);
    const variables = declares.map(({ variable }) => variable);
    const ending = await new Promise<Ending>((settle) => {
      this.#running = { cell, settle };
      this.#user!.tell({ type: "run", cell, file, variables, show, ...rest });
    });
    this.#running = undefined;
    // What child processes wrote is in the pipes by now, and is read in this turn of the event loop.
    await new Promise(setImmediate);
    output.flush();
    return this.#outcome(ending);
  }

  /** Stops the running cell; its state stays. When nothing helps, its process ends instead. */
  interrupt(): Promise<void> {
    this.#interrupting ??= this.#stopRunning().finally(() => {
      this.#interrupting = undefined;
    });
    return this.#interrupting;
  }

  /** Passes a message on to the learner's process, if there is one. */
  tell(message: Parameters<UserProcess["tell"]>[0]): boolean {
    this.#user?.tell(message);
    return this.#user !== undefined;
  }

  /** Lets the learner's process deal with a step of a comm that the front end made. */
  async comm(step: CommStep, output: CellOutput): Promise<void> {
    if (!this.#user) return;
    const cell = ++this.#cells;
    this.#remember(cell, output);
    this.#comms.noteStep(step);
    const handled = once(this.#heard, `handled ${cell}`);
    this.#user.tell({ type: "comm", cell, step });
    await Promise.race([handled, once(this.#heard, "died")]);
    output.flush();
  }

  /** How many user processes there have been; a new one knows nothing of what ran before. */
  get processes(): number {
    return this.#processes;
  }

  /** The comms that are open: the target of each by its id. */
  get comms(): ReadonlyMap<string, string> {
    return this.#comms.open;
  }

  /** Ends the user process for good. */
  close(): void {
    this.#user?.kill();
  }

  /** The compiler is loaded when it is wanted, because the kernel's first answer must not wait for it. */
  async #compile(code: string, file: string): Promise<CompiledCell | Outcome> {
    const { CellSyntaxError, compileCell } = await import("../compile/index.ts");
    try {
      return await compileCell(code, this.names, { graded: this.#around.restricted });
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
      return { status: "error", error: syntaxErrorContent(error, code, file) };
    }
  }

  #outcome(ending: Ending): Outcome {
    switch (ending.type) {
      case "done": {
        const { data, metadata } = ending;
        return { status: "ok", ...(data && metadata ? { shown: { data, metadata } } : {}) };
      }
      case "failed":
        return {
          status: "error",
          error: errorContent(ending.failure, (file) => this.sources.get(file)),
        };
      case "interrupted":
        return plainError({
          ename: "KeyboardInterrupt",
          evalue: "The cell was interrupted. Variables keep the values they had.",
        });
      case "died":
        return plainError(ending.death);
    }
  }

  /** There is a process from here on. */
  #ready(): void {
    if (this.#user) return;
    this.#user = this.#start();
    this.follower?.restarted();
  }

  #start(): UserProcess {
    this.#processes += 1;
    const { main, memory, restricted } = this.#around;
    const restriction = restricted ? restrictionFor(main, process.cwd()) : undefined;
    const user: UserProcess = startUserProcess(
      main,
      { memory, restriction },
      {
        said: (message, bytes) => this.#heardFrom(message, bytes),
        controlled: (message) => this.#user === user && this.#controlled(message),
        wrote: (name, text) => this.#outputs.get(this.#cells)?.print(name, text),
        died: (death) => {
          // A process that was given up has a successor already.
          if (this.#user === user) this.#died(death);
        },
      },
    );
    for (const step of this.#comms.widgetsAsked())
      user.tell({ type: "comm", cell: this.#cells, step });
    return user;
  }

  #controlled(message: FromControl): void {
    if (message.type === "interrupted") this.#heard.emit("interrupted");
    else this.#inspection.heard(message);
  }

  /** A cell that shows too much is cut off, and what cannot be passed on is told in it and harms nobody else. */
  #heardFrom(message: FromUser, bytes: number): void {
    const output = "cell" in message ? this.#outputs.get(message.cell) : undefined;
    if (/^(display|comm)$/.test(message.type) && output?.admits(bytes) === false) return;
    try {
      this.#said(message);
    } catch (error) {
      this.#around.log(`an output was lost: ${error}`);
      const lost = plainError({ ename: "LostOutput", evalue: String(error) });
      if ("cell" in message) this.#late(message.cell, lost);
    }
  }

  #said(message: FromUser): void {
    switch (message.type) {
      case "stream":
        return this.#outputs.get(message.cell)?.print(message.name, message.text);
      case "display":
        return this.#outputs.get(message.cell)?.display(message);
      case "clear":
        return this.#outputs.get(message.cell)?.clear(message.wait);
      case "cancelled":
        this.#heard.emit(`cancelled ${message.attempt}`);
        return;
      case "input":
        return this.#outputs.get(message.cell)?.ask(message);
      case "comm":
        this.#comms.noteStep(message.step);
        return this.#outputs.get(message.cell)?.comm(message.step);
      case "handled":
        this.#heard.emit(`handled ${message.cell}`);
        return;
      case "warning":
        return this.#around.log(message.text);
      case "done":
      case "failed":
        if (this.#running?.cell === message.cell) return this.#ended(message);
        if (message.type === "failed") this.#late(message.cell, this.#outcome(message));
    }
  }

  /** An interrupt also ends child processes, and the cell's complaint about that is the interrupt. */
  #ended(message: Extract<FromUser, { type: "done" | "failed" }>): void {
    const interrupted = message.type === "failed" && this.#interrupting !== undefined;
    this.#running?.settle(interrupted ? { type: "interrupted" } : message);
  }

  /** An error that came after its cell had ended. */
  #late(cell: number, outcome: Outcome): void {
    const output = this.#outputs.get(cell) ?? this.#outputs.get(this.#cells);
    if (outcome.status === "error") output?.error(outcome.error);
  }

  #died(death: Death): void {
    const { cell, settle } = this.#running ?? {};
    this.#user = undefined;
    this.names.clear();
    this.#heard.emit("died");
    this.#inspection.lost();
    for (const step of this.#comms.closeAll()) this.#outputs.get(this.#cells)?.comm(step);
    // A process that dies before it ran anything would die again; the next cell will try.
    if (this.#cells > 0) this.#ready();
    if (settle) settle({ type: "died", death });
    else this.#late(cell ?? this.#cells, plainError(death));
  }

  async #stopRunning(): Promise<void> {
    const running = this.#running;
    const user = this.#user;
    if (this.#coming) this.#coming.stopped = true;
    if (!running || !user) return;
    const ended = await stopCell(running.cell, user, {
      heard: this.#heard,
      patience: this.#around.restricted ? 200 : 10,
      isCurrent: () => this.#user === user,
    });
    if (ended === "stopped") running.settle({ type: "interrupted" });
    if (ended !== "hopeless") return;
    user.kill();
    this.#died(hopeless);
  }

  #remember(cell: number, output: CellOutput): void {
    this.#outputs.set(cell, output);
    this.#outputs.delete(cell - 1000);
  }
}
