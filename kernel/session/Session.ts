import { EventEmitter } from "node:events";
import type { CompiledCell } from "../compile/index.ts";
import type { CommStep, FromControl, FromUser } from "../link/index.ts";
import type { Header } from "../wire/index.ts";
import { type Ask, type CellOutput, cellOutput, type Publish, silentOutput } from "./cellOutput.ts";
import { type Compiled, Compiling } from "./compiling.ts";
import { closed, type Death, hopeless } from "./death.ts";
import { type CellSource, type Follower, type Inspector, inspectorBy } from "./Inspector.ts";
import { type Judging, judging } from "./judging.ts";
import { lostOutput, type Outcome, outcomeOf, plainError } from "./Outcome.ts";
import { openComms } from "./openComms.ts";
import { placed } from "./placed.ts";
import { restrictionFor } from "./restrictions.ts";
import { stopCells } from "./stopCells.ts";
import { Turn } from "./Turn.ts";
import { type Ending, Underway } from "./Underway.ts";
import { type Said, startUserProcess, type UserProcess } from "./UserProcess.ts";

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

type Asked = Extract<FromUser, { type: "asked" }>;
type Told = Exclude<Said, Asked>;

/** Cells run one after another, or beside each other in different shells; what they declare stays, whatever becomes of the process that runs them. */
export class Session {
  readonly #around: Surroundings;
  readonly #compiling: Compiling;
  /** The cell that ran last under each name, such as `In[3]`. */
  readonly sources = new Map<string, CellSource>();
  readonly #underway = new Underway();
  readonly #turns = new Set<Turn>();
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
  #processes = 0;
  #interrupting: Promise<void> | undefined;
  /** Who judges graded work. */
  readonly #judging: Judging | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    if (around.restricted) this.#judging = judging(() => import("../../src/index.ts"));
    this.#compiling = new Compiling(this.#judging);
    this.#user = this.#start();
  }

  /** The names that cells have declared. */
  get names(): Compiling["names"] {
    return this.#compiling.names;
  }

  /** Keeps a cell's turn open while work on it goes on; what interrupts the session interrupts the turn. */
  async during<Value>(work: (turn: Turn) => Promise<Value>): Promise<Value> {
    const turn = new Turn();
    this.#turns.add(turn);
    return work(turn).finally(() => this.#turns.delete(turn));
  }

  /** The place where a cell's outputs go; `ask` brings its questions to the person who ran it. */
  outputFor(parent: Partial<Header>, silent: boolean, ask: Ask): CellOutput {
    const { publish, outputCap, stderr } = this.#around;
    if (silent) return silentOutput(parent, publish, ask);
    return cellOutput(parent, { publish, outputCap, stderr, ask });
  }

  /** Compiles a cell, which may run later or never. `file` is its name in stack traces. */
  compile(code: string, file: string): Promise<Compiled> {
    return this.#compiling.compile(code, file);
  }

  /** Runs a cell to its end; `show` asks for its value, `before` is what it was compiled to. */
  async run(
    code: string,
    file: string,
    output: CellOutput,
    { show = true, before }: { readonly show?: boolean; readonly before?: Compiled } = {},
  ): Promise<Outcome> {
    const coming = this.#underway.addCell(output);
    const ready = await this.#prepared(code, file, before);
    if ("status" in ready) {
      this.#underway.drop(coming);
      return ready;
    }
    const { declares, place: _place, ...rest } = ready;
    const variables = declares.map(({ variable }) => variable);
    const ending = await this.#underway.run(coming, () => {
      this.#compiling.declare(declares);
      this.#user!.tell({ type: "run", cell: coming.cell, file, variables, show, ...rest });
    });
    // What child processes wrote is in the pipes by now, and is read in this turn of the event loop.
    await new Promise(setImmediate);
    output.flush();
    return this.#outcome(ending);
  }

  /** Compiles a cell, and waits until nothing stands against its run. */
  async #prepared(code: string, file: string, before?: Compiled): Promise<CompiledCell | Outcome> {
    const compiled = await this.#compiling.upToDate(code, file, before);
    if ("status" in compiled) return compiled;
    const { place, code: run, columnOffset } = compiled;
    const source = { text: code, place, code: run, columnOffset };
    this.sources.set(file, source);
    // An interrupt that is still on its way must not hit this cell.
    await this.#interrupting;
    this.#ready();
    await this.follower?.beforeCell(file, source);
    return compiled;
  }

  /**
   * Stops all that runs or is about to, or what an ended cell left to run without end. The state stays, unless nothing
   * helps a cell: then the process ends instead.
   */
  interrupt(): Promise<void> {
    for (const turn of this.#turns) turn.interrupt();
    // Also while another interrupt is at work, for which the next cell waits.
    this.#underway.halt();
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
    this.#comms.noteStep(step);
    await this.#underway.step(output, (cell) => this.#user!.tell({ type: "comm", cell, step }));
  }

  /** How many user processes there have been; a new one knows nothing of what ran before. */
  get processes(): number {
    return this.#processes;
  }

  /** The comms that are open: the target of each by its id. */
  get comms(): ReadonlyMap<string, string> {
    return this.#comms.open;
  }

  /** Ends the user process for good, of which only cells that run are told. */
  close(): void {
    this.#user?.kill();
    this.#user = undefined;
    this.#underway.end(this.#underway.all, { type: "died", death: closed });
  }

  readonly #outcome = (ending: Ending): Outcome =>
    outcomeOf(ending, (file) => this.sources.get(file), this.#judging);

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
        said: (message, bytes) => {
          if (message.type === "asked") void this.#answer(user, message);
          else this.#heardFrom(message, bytes);
        },
        controlled: (message) => this.#user === user && this.#controlled(message),
        wrote: (name, text) => this.#underway.outputOf(this.#underway.foremost)?.print(name, text),
        died: (death) => {
          // A process that was given up has a successor already.
          if (this.#user === user) this.#died(death);
        },
      },
    );
    for (const step of this.#comms.widgetsAsked())
      user.tell({ type: "comm", cell: this.#underway.foremost, step });
    return user;
  }

  #controlled(message: FromControl): void {
    if (message.type === "interrupted") this.#heard.emit(`interrupted ${message.stop}`);
    else this.#inspection.heard(message);
  }

  /** A cell that shows too much is cut off, and what cannot be passed on is told in it and harms nobody else. */
  #heardFrom(message: Told, bytes: number): void {
    const output = "cell" in message ? this.#underway.outputOf(message.cell) : undefined;
    if (/^(display|comm)$/.test(message.type) && output?.admits(bytes) === false) return;
    try {
      this.#said(placed(message, (file) => this.sources.get(file)));
    } catch (error) {
      this.#around.log(`an output was lost: ${error}`);
      if ("cell" in message) this.#late(message.cell, lostOutput(error));
    }
  }

  #said(message: Told): void {
    const output = "cell" in message ? this.#underway.outputOf(message.cell) : undefined;
    switch (message.type) {
      case "stream":
        return output?.print(message.name, message.text);
      case "display":
        return output?.display({ ...message, ...this.#judging?.shown(message) });
      case "clear":
        // A grade that an answer took away would count as one with all points.
        return this.#around.restricted ? undefined : output?.clear(message.wait);
      case "cancelled":
        this.#heard.emit(`cancelled ${message.attempt}`);
        return;
      case "input":
        return output?.ask(message);
      case "comm":
        this.#comms.noteStep(message.step);
        return output?.comm(message.step);
      case "handled":
        return this.#underway.stepEnded(message.cell);
      case "warning":
        return this.#around.log(message.text);
      case "done":
      case "failed":
        return this.#ended(message);
    }
  }

  /** Without an answer the test would wait for ever, so a question that has none is answered with the error. */
  async #answer(user: UserProcess, { seal, question }: Asked): Promise<void> {
    const answer = await this.#judging?.answer(question).catch((error: unknown) => `${error}`);
    if (answer !== undefined) user.answer(answer, seal);
  }

  /** An interrupt also ends child processes, and the cell's complaint about that is the interrupt. */
  #ended(message: Extract<FromUser, { type: "done" | "failed" }>): void {
    const interrupted = message.type === "failed" && this.#interrupting !== undefined;
    const ending = interrupted ? ({ type: "interrupted" } as const) : message;
    if (this.#underway.cellEnded(message.cell, ending)) return;
    if (message.type === "failed") this.#late(message.cell, this.#outcome(message));
  }

  /** An error that came after its cell had ended. */
  #late(cell: number, outcome: Outcome): void {
    const { foremost } = this.#underway;
    const output = this.#underway.outputOf(cell) ?? this.#underway.outputOf(foremost);
    if (outcome.status === "error") output?.error(outcome.error);
  }

  #died(death: Death): void {
    const { foremost, hasBegun, all } = this.#underway;
    this.#user = undefined;
    this.#compiling.forget();
    this.#inspection.lost();
    for (const step of this.#comms.closeAll()) this.#underway.outputOf(foremost)?.comm(step);
    // A process that dies before it ran anything would die again; the next cell will try.
    if (hasBegun) this.#ready();
    if (!this.#underway.end(all, { type: "died", death })) this.#late(foremost, plainError(death));
  }

  async #stopRunning(): Promise<void> {
    const user = this.#user;
    const { all, hasBegun } = this.#underway;
    if (!user || !hasBegun) return;
    const idle = all.length === 0;
    const ended = await stopCells(all, user, {
      heard: this.#heard,
      patience: idle || this.#around.restricted ? 200 : 10,
      isCurrent: () => this.#user === user,
    });
    if (ended === "stopped") this.#underway.end(all, { type: "interrupted" });
    // Without a cell nobody waits, and the next one is to find its variables.
    if (ended !== "hopeless" || idle) return;
    user.kill();
    this.#died(hopeless);
  }
}
