import type { CompiledCell, Names } from "../compile/index.ts";
import type { Judging } from "./judging.ts";
import { type Outcome, plainError } from "./Outcome.ts";
import { refusedNames } from "./restrictions.ts";
import { syntaxErrorContent } from "./traceback.ts";

/**
 * A cell made ready to run, or why it does not run. Where there is a judge, it is graded work.
 * The compiler is loaded when it is wanted, because the kernel's first answer must not wait for it.
 */
export async function compiledFor(
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
