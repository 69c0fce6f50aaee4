import type { Debugger } from "node:inspector";
import { compileExpression, stoppableLines } from "../compile/index.ts";
import type { CellSource, Session } from "../session/index.ts";
import { cellPath, naming } from "./cellPath.ts";
import { codePlaceOf, spotOf } from "./places.ts";
import type { BreakpointTold, Say } from "./protocol.ts";

/** What a front end wishes at a line. */
export interface Wish {
  readonly line: number;
  /** TypeScript; without it code stops there always. */
  readonly condition?: string;
}

interface Breakpoint extends Wish {
  readonly id: number;
  readonly path: string;
  /** Where code stops; below the wished line where that one does nothing. */
  line: number;
  verified: boolean;
  message?: string;
  /** The inspector's names for it, one for each run of the cell. */
  readonly bound: Set<string>;
}

/**
 * The breakpoints in cells. One holds for all runs of a cell's text, those of the past, in whose functions code
 * may still stop, and those to come.
 */
export class Breakpoints {
  readonly #session: Session;
  readonly #say: Say;
  readonly #byPath = new Map<string, Breakpoint[]>();
  #last = 0;

  constructor(session: Session, say: Say) {
    this.#session = session;
    this.#say = say;
  }

  /** What `debugInfo` tells of them. */
  get told(): { source: string; breakpoints: { line: number; condition?: string }[] }[] {
    return [...this.#byPath].map(([source, all]) => ({
      source,
      breakpoints: all.map(({ line, condition }) =>
        condition === undefined ? { line } : { line, condition },
      ),
    }));
  }

  /** Puts these in the place of all that the path had; `text` is that of the cell, where it is known. */
  async set(
    path: string,
    text: string | undefined,
    wishes: readonly Wish[],
  ): Promise<BreakpointTold[]> {
    for (const breakpoint of this.#byPath.get(path) ?? []) await this.#unbind(breakpoint);
    this.#byPath.delete(path);
    const stops = text === undefined ? undefined : stoppableLines(text);
    const byLine = new Map<number, Breakpoint>();
    const all = wishes.map((wish) => {
      const breakpoint = this.#placed(path, wish, stops);
      const there = byLine.get(breakpoint.line) ?? breakpoint;
      byLine.set(breakpoint.line, there);
      return there;
    });
    if (all.length > 0) this.#byPath.set(path, [...byLine.values()]);
    if (this.#session.follower) {
      for (const [file, source] of this.#session.sources) {
        if (cellPath(source.text) === path) await this.bind(file, source);
      }
    }
    return all.map(told);
  }

  /** Lets the code that runs under this name stop at the breakpoints of its cell. */
  async bind(file: string, source: CellSource): Promise<void> {
    for (const breakpoint of this.#byPath.get(cellPath(source.text)) ?? []) {
      if (breakpoint.verified) await this.#bindOne(breakpoint, file, source);
    }
  }

  /** Binds all anew, in a process that knows nothing of them. */
  async bindAll(): Promise<void> {
    for (const breakpoint of [...this.#byPath.values()].flat()) breakpoint.bound.clear();
    for (const [file, source] of this.#session.sources) await this.bind(file, source);
  }

  clear(): void {
    this.#byPath.clear();
  }

  /** The inspector found the place of a breakpoint in code that it has just read. */
  resolved({ breakpointId, location }: Debugger.BreakpointResolvedEventDataType): void {
    const all = [...this.#byPath.values()].flat();
    const breakpoint = all.find(({ bound }) => bound.has(breakpointId));
    if (breakpoint) this.#found(breakpoint, location, breakpointId);
  }

  #placed(
    path: string,
    { line, condition }: Wish,
    stops: readonly number[] | undefined,
  ): Breakpoint {
    const here = stops ? stops.find((stop) => stop >= line) : line;
    const nowhere = path.startsWith(naming.tmpFilePrefix) ? undefined : noCell;
    const message = nowhere ?? (here === undefined ? nothingThere : this.#mistakeIn(condition));
    return {
      ...{ id: ++this.#last, path, line: here ?? line, verified: message === undefined },
      ...(condition === undefined ? {} : { condition }),
      ...(message === undefined ? {} : { message }),
      bound: new Set<string>(),
    };
  }

  #mistakeIn(condition: string | undefined): string | undefined {
    try {
      if (condition) compileExpression(condition, this.#session.names);
      return undefined;
    } catch (error) {
      return `The condition is no expression: ${(error as Error).message}`;
    }
  }

  async #bindOne(breakpoint: Breakpoint, file: string, source: CellSource): Promise<void> {
    const place = codePlaceOf(source, breakpoint.line);
    if (!place) return;
    const { condition } = breakpoint;
    const { names, inspector } = this.#session;
    const { breakpointId, locations } = await inspector.ask<Debugger.SetBreakpointByUrlReturnType>(
      "Debugger.setBreakpointByUrl",
      {
        url: file,
        ...place,
        ...(condition ? { condition: compileExpression(condition, names) } : {}),
      },
    );
    breakpoint.bound.add(breakpointId);
    for (const location of locations) this.#found(breakpoint, location, breakpointId);
  }

  /** Takes the line from the inspector, which knows best where code can stop. */
  #found(breakpoint: Breakpoint, location: Debugger.Location, breakpointId: string): void {
    const file = breakpointId.slice(breakpointId.indexOf("In["));
    const source = this.#session.sources.get(file);
    if (!source || cellPath(source.text) !== breakpoint.path) return;
    const spot = spotOf(source, location);
    if (typeof spot === "string" || spot.line === breakpoint.line) return;
    breakpoint.line = spot.line;
    this.#say("breakpoint", { reason: "changed", breakpoint: told(breakpoint) });
  }

  async #unbind({ bound }: Breakpoint): Promise<void> {
    for (const breakpointId of bound) {
      await this.#session.inspector.ask("Debugger.removeBreakpoint", { breakpointId });
    }
  }
}

const noCell = "Only cells have breakpoints. A debugger statement stops in a file, too.";

const nothingThere = "Nothing happens at this line or below it.";

const told = ({ id, verified, line, path, message }: Breakpoint): BreakpointTold => ({
  ...{ id, verified, line, source: { name: "cell", path } },
  ...(message === undefined ? {} : { message }),
});
