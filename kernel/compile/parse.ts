import { type ParserOptions, parse, parseExpression } from "@babel/parser";
import type * as t from "@babel/types";
import { parseShort } from "./nativeParser.ts";

/** A cell that is no TypeScript, with the place where that shows (line from 1, column from 0). */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly line: number;
  readonly column: number;
  /** Offset in the source. */
  readonly position: number;

  constructor(message: string, place: { line: number; column: number; position: number }) {
    super(message);
    this.line = place.line;
    this.column = place.column;
    this.position = place.position;
  }
}

const options: ParserOptions = {
  sourceType: "module",
  allowAwaitOutsideFunction: true,
  allowUndeclaredExports: true,
  attachComment: false,
  plugins: ["typescript", "decorators", "decoratorAutoAccessors", "explicitResourceManagement"],
};

/** The cell that was read last: who compiles it, who checks its types and who debugs it all ask for it. */
let latest: { readonly source: string; readonly program: t.Program } | undefined;

/** The syntax of a cell, which nobody changes. @throws {CellSyntaxError} */
export function parseCell(source: string): t.Program {
  if (latest?.source !== source) {
    latest = {
      source,
      program: objectLiteral(source) ?? parseShort(source) ?? parseModule(source),
    };
  }
  return latest.program;
}

/** Whether a text that is no TypeScript is TypeScript with elements of JSX in it. */
export function isJsx(source: string): boolean {
  if (!/<\/|\/>/.test(source)) return false;
  const plugins = [...(options.plugins ?? []), "jsx" as const];
  return !parses(source, options) && parses(source, { ...options, plugins });
}

function parses(source: string, how: ParserOptions): boolean {
  try {
    parse(source, how);
    return true;
  } catch {
    return false;
  }
}

/** The syntax of a module file. @throws {CellSyntaxError} */
export function parseModule(source: string): t.Program {
  try {
    return parse(source, options).program;
  } catch (error) {
    throw cellSyntaxError(error);
  }
}

/** Comments and blank space up to the first code. */
export const opening = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/;

/** `{ a: 1 }` as a whole cell means the object, not a block with a label. */
function objectLiteral(source: string): t.Program | undefined {
  if (source[opening.exec(source)![0].length] !== "{") return undefined;
  try {
    const expression = parseExpression(source, options);
    if (expression.type !== "ObjectExpression") return undefined;
    const { start, end, loc } = expression;
    const statement = { type: "ExpressionStatement", expression, start, end, loc };
    return { type: "Program", body: [statement], directives: [] } as unknown as t.Program;
  } catch {
    // Then it is a block, and the parser of statements has the word.
    return undefined;
  }
}

function cellSyntaxError(error: unknown): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const { loc, pos } = error as SyntaxError & {
    loc: { line: number; column: number };
    pos: number;
  };
  const message = error.message
    .replace(/ \(\d+:\d+\)$/, "")
    // The parser knows proposals by name, which no reader has heard of.
    .replace(/^This experimental syntax requires enabling .*/, "Unexpected token");
  return new CellSyntaxError(message, { line: loc.line, column: loc.column, position: pos });
}

/**
 * Leading lines that begin with `#` read as comments: nbgrader and copied shell lines put them there,
 * and a cell should not fail over them.
 */
export const withoutHashLines = (source: string): string =>
  source.replace(/^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*[ \t]*#[^\r\n]*/, (lines) =>
    lines.replace(/[^\r\n]/g, " "),
  );
