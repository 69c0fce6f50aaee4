import type { LspPlace } from "./Lsp.ts";

/** What the type checker has against a cell. Line and column count from 1. */
export interface Diagnostic {
  readonly message: string;
  readonly code: number;
  readonly line: number;
  readonly column: number;
}

/** The same as a language server says it: places count from 0, and 1 is an error. */
export interface LspDiagnostic {
  readonly severity: number;
  readonly message: string;
  readonly code: number;
  readonly range: { readonly start: LspPlace };
}

/** What the checker found in the lines of a cell that is worth a remark. */
export function diagnosticsOf(
  found: readonly LspDiagnostic[],
  cell: readonly string[],
): Diagnostic[] {
  const errors = found.filter(
    ({ severity, range }) => severity === 1 && range.start.line < cell.length,
  );
  const older = errors.some(({ code }) => code === decoratedParameter);
  return errors
    .filter(
      (one) =>
        !untyped.has(one.code) &&
        one.code !== importEquals &&
        !(older && aboutDecorators.has(one.code)) &&
        !isThere(one) &&
        !isAskedFor(one, cell),
    )
    .map(({ message, code, range }) => ({
      message,
      code,
      line: range.start.line + 1,
      column: range.start.character + 1,
    }));
}

/**
 * What the checker has against parameters, variables, packages and globals without a type. Such code is no mistake,
 * and those who write JavaScript write all of theirs so. (Without the option that finds them, `[]` would be a list of
 * nothing.)
 */
const untyped: ReadonlySet<number> = new Set([7005, 7006, 7016, 7017, 7019, 7031, 7034]);

/** `import path = require("path")` is no part of ECMAScript's modules; a cell has it all the same. */
const importEquals = 1202;

/** Said of a decorator before a parameter; a cell with one anywhere else where none belongs is refused before. */
const decoratedParameter = 1206;

/**
 * Where a parameter has a decorator, all decorators of the cell are of the older kind, because only that has those.
 * The checker knows one kind for all cells, the standard one, whose functions are given other things.
 */
const aboutDecorators: ReadonlySet<number> = new Set([
  decoratedParameter,
  1238,
  1239,
  1240,
  1241,
  1270,
  1271,
]);

const unknownName = ({ message }: LspDiagnostic): string | undefined =>
  /^Cannot find name '(\w+)'/.exec(message)?.[1];

/** A name that this Node.js has, although its declarations are silent on it, such as WebAssembly and navigator. */
function isThere(diagnostic: LspDiagnostic): boolean {
  const name = unknownName(diagnostic);
  return name !== undefined && name in globalThis;
}

/** `typeof window` asks whether there is such a name, and may find none. */
function isAskedFor(diagnostic: LspDiagnostic, cell: readonly string[]): boolean {
  const { line, character } = diagnostic.range.start;
  return (
    unknownName(diagnostic) !== undefined &&
    /\btypeof\s+$/.test(cell[line]?.slice(0, character) ?? "")
  );
}
