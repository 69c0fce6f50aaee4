import type { Debugger } from "node:inspector";
import { basename } from "node:path";
import { compileExpression, stoppableLines } from "../compile/index.ts";
import type { CellSource, Session } from "../session/index.ts";
import { cellPath, naming } from "./cellPath.ts";
import { addressesOf, type Files } from "./Files.ts";
import { codePlaceOf, spotOf } from "./places.ts";
import type { BreakpointTold, Say } from "./protocol.ts";

type Set = Debugger.SetBreakpointByUrlReturnType;

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
  /** The inspector's names for it by the places that they are for: one for each run of a cell, one for a file. */
  readonly bound: Map<string, string>;
}

/**
 * The breakpoints in cells and files. One holds for all runs of a cell's text, those of the past, in whose
 * functions code may still stop, and those to come; and likewise for all versions of a file.
 */
export class Breakpoints {
  readonly #session: Session;
  readonly #files: Files;
  readonly #say: Say;
  readonly #byPath = new Map<string, Breakpoint[]>();
  #last = 0;

  constructor(session: Session, files: Files, say: Say) {
    this.#session = session;
    this.#files = files;
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

  /** Puts these in the place of all that the path had; `text` is that of the cell or file, where it is known. */
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
      const breakpoint = this.#placed(path, wish, stops, text);
      const there = byLine.get(breakpoint.line) ?? breakpoint;
      byLine.set(breakpoint.line, there);
      return there;
    });
    if (all.length > 0) this.#byPath.set(path, [...byLine.values()]);
    if (this.#session.follower) {
      for (const [file, source] of this.#session.sources) {
        if (cellPath(source.text) === path) await this.bind(file, source);
      }
      await this.#bindFile(path);
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
    await this.bindFiles();
  }

  /** Binds those in files where these have their lines now: a file may have been changed since. */
  async bindFiles(): Promise<void> {
    for (const path of this.#byPath.keys()) await this.#bindFile(path);
  }

  clear(): void {
    this.#byPath.clear();
  }

  /** The inspector found the place of a breakpoint in code that it has just read. */
  resolved({ breakpointId, location }: Debugger.BreakpointResolvedEventDataType): void {
    const all = [...this.#byPath.values()].flat();
    const breakpoint = all.find(({ bound }) => [...bound.values()].includes(breakpointId));
    if (breakpoint && isCell(breakpoint.path)) this.#found(breakpoint, location, breakpointId);
  }

  #placed(
    path: string,
    { line, condition }: Wish,
    stops: readonly number[] | undefined,
    text: string | undefined,
  ): Breakpoint {
    const here = stops ? stops.find((stop) => stop >= line) : line;
    const nowhere = isCell(path) || text !== undefined ? undefined : noFile;
    const message =
      nowhere ?? (here === undefined ? nothingThere : this.#mistakeIn(condition, path));
    return {
      ...{ id: ++this.#last, path, line: here ?? line, verified: message === undefined },
      ...(condition === undefined ? {} : { condition }),
      ...(message === undefined ? {} : { message }),
      bound: new Map<string, string>(),
    };
  }

  #mistakeIn(condition: string | undefined, path: string): string | undefined {
    try {
      if (condition) this.#compiled(condition, path);
      return undefined;
    } catch (error) {
      return `The condition is no expression: ${(error as Error).message}`;
    }
  }

  async #bindOne(breakpoint: Breakpoint, file: string, source: CellSource): Promise<void> {
    const place = codePlaceOf(source, breakpoint.line);
    if (!place) return;
    const { breakpointId, locations } = await this.#setAt(breakpoint, { url: file, ...place });
    for (const location of locations) this.#found(breakpoint, location, breakpointId);
  }

  /** Lets all versions of a file stop, those that are loaded and those to come, where the file now has its lines. */
  async #bindFile(path: string): Promise<void> {
    const source = isCell(path) ? undefined : this.#files.sourceOf(path);
    for (const breakpoint of (source && this.#byPath.get(path)) ?? []) {
      const place = codePlaceOf(source!, breakpoint.line);
      if (!breakpoint.verified || !place) continue;
      const old = [...breakpoint.bound];
      const { breakpointId } = await this.#setAt(breakpoint, {
        urlRegex: addressesOf(path),
        ...place,
      });
      for (const [key, id] of old) {
        if (id === breakpointId) continue;
        breakpoint.bound.delete(key);
        await this.#remove(id);
      }
    }
  }

  async #setAt({ condition, path, bound }: Breakpoint, where: object): Promise<Set> {
    const key = JSON.stringify(where);
    const known = bound.get(key);
    if (known !== undefined) return { breakpointId: known, locations: [] };
    const set = await this.#session.inspector.ask<Set>("Debugger.setBreakpointByUrl", {
      ...where,
      ...(condition ? { condition: this.#compiled(condition, path) } : {}),
    });
    bound.set(key, set.breakpointId);
    return set;
  }

  /** Files have their own names for things, and know nothing of cells. */
  #compiled(condition: string, path: string): string {
    return compileExpression(condition, isCell(path) ? this.#session.names : new Map());
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
    for (const breakpointId of bound.values()) await this.#remove(breakpointId);
  }

  async #remove(breakpointId: string): Promise<void> {
    await this.#session.inspector.ask("Debugger.removeBreakpoint", { breakpointId });
  }
}

const isCell = (path: string): boolean => path.startsWith(naming.tmpFilePrefix);

const noFile = "There is no such file, and it is no cell of this kernel.";

const nothingThere = "Nothing happens at this line or below it.";

const told = ({ id, verified, line, path, message }: Breakpoint): BreakpointTold => ({
  ...{ id, verified, line, source: { name: isCell(path) ? "cell" : basename(path), path } },
  ...(message === undefined ? {} : { message }),
});
