import type { CompiledCell, Kind, Names } from "../compile/index.ts";
import type { Judging } from "./judging.ts";
import { type Outcome, plainError } from "./Outcome.ts";
import { refusedNames } from "./restrictions.ts";
import { syntaxErrorContent } from "./traceback.ts";

/** A cell that was compiled before it is to run. */
export interface Compiled {
  readonly cell: CompiledCell | Outcome;
  /** How often the names that it was compiled among had changed by then. */
  readonly changes: number;
}

/** The names that cells have declared, and cells compiled among them. */
export class Compiling {
  readonly names = new Map<string, Kind>();
  readonly #judging: Judging | undefined;
  #changes = 0;

  constructor(judging: Judging | undefined) {
    this.#judging = judging;
  }

  async compile(code: string, file: string): Promise<Compiled> {
    const changes = this.#changes;
    return { cell: await compiledFor(code, file, this.names, this.#judging), changes };
  }

  /** What was compiled before, or the cell anew where names have changed since. */
  async upToDate(
    code: string,
    file: string,
    before: Compiled | undefined,
  ): Promise<CompiledCell | Outcome> {
    if (before?.changes === this.#changes) return before.cell;
    return (await this.compile(code, file)).cell;
  }

  declare(declares: CompiledCell["declares"]): void {
    for (const { name, kind } of declares) this.names.set(name, kind);
    this.#changes += declares.length;
  }

  /** The process that held the variables is gone. */
  forget(): void {
    this.names.clear();
    this.#changes += 1;
  }
}

/**
 * A cell made ready to run, or why it does not run. Where there is a judge, it is graded work.
 * The compiler is loaded when it is wanted, because the kernel's first answer must not wait for it.
 */
async function compiledFor(
  code: string,
  file: string,
  names: Names,
  judging: Judging | undefined,
): Promise<CompiledCell | Outcome> {
  const { CellSyntaxError, compileCell } = await import("../compile/index.ts");
  try {
    const compiled = await compileCell(code, names, judging && { keep: judging.keep });
    return (judging && refusedNames(compiled.declares.map(({ name }) => name))) ?? compiled;
  } catch (error) {
    if (isOverflow(error)) return tooDeep;
    if (!(error instanceof CellSyntaxError)) throw error;
    return { status: "error", error: syntaxErrorContent(error, code, file) };
  }
}

const isOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/.test(error.message);

const tooDeep: Outcome = plainError({
  ename: "SyntaxError",
  evalue:
    "The cell is nested too deeply to be read.\nHint: give its inner parts names of their own, or read large data from a file.",
});
