import { createRequire } from "node:module";
import type { TransformOptions } from "esbuild";
import { CellSyntaxError } from "./parse.ts";
import { type Positions, readSourceMap } from "./sourceMap.ts";

/** TypeScript that became JavaScript, with the way back to the places in the source. */
export interface Lowered {
  readonly code: string;
  readonly positions: Positions;
  /** Whether the source has this word; what else the code declares serves the lowering alone. */
  readonly says: (word: string) => boolean;
  /** The enums and namespaces of the source. */
  readonly merged: ReadonlySet<string>;
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const mergedName = /\b(?:enum|namespace|module)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

const options = (file: string): TransformOptions => ({
  loader: file.endsWith("x") ? "tsx" : "ts",
  format: "esm",
  target: `node${process.versions.node}`,
  sourcefile: file,
  sourcemap: "external" as const,
  keepNames: false,
  logLevel: "silent",
  supported: { using: false },
});

/**
 * Lowers what types alone do not explain: enums, namespaces, parameter properties, decorators, `using`,
 * and in a file whose name ends in x the elements of JSX: to calls of React.createElement, unless a
 * comment in the file says otherwise (`@jsx`, `@jsxImportSource`).
 * Decorators are the standard ones, unless a parameter has one, which only the older kind can.
 * @throws {CellSyntaxError}
 */
export async function lower(source: string, file: string): Promise<Lowered> {
  const { transform } = await import("esbuild");
  const once = (configuration: Configuration) =>
    transform(source, { ...options(file), tsconfigRaw: configuration });
  const { code, map } = await once(configuration(false))
    .catch(() => once(configuration(true)))
    .catch((error: unknown) => {
      throw asSyntaxError(error);
    });
  const words = new Set(source.match(word));
  return {
    code,
    positions: readSourceMap(map),
    says: (word) => words.has(word),
    merged: new Set([...source.matchAll(mergedName)].map(([, name]) => name!)),
  };
}

/** The same at once, for a module hook that cannot wait; the positions travel in the code. */
export function lowerNow(source: string, file: string): string {
  const { transformSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  const once = (configuration: Configuration) =>
    transformSync(source, {
      ...options(file),
      sourcemap: "inline",
      tsconfigRaw: configuration,
    });
  try {
    return once(configuration(false)).code;
  } catch {
    return attempt(() => once(configuration(true))).code;
  }
}

function attempt<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw asSyntaxError(error);
  }
}

type Configuration = NonNullable<TransformOptions["tsconfigRaw"]>;

const configuration = (experimentalDecorators: boolean): Configuration => ({
  compilerOptions: { verbatimModuleSyntax: true, experimentalDecorators, target: "es2022" },
});

function asSyntaxError(error: unknown): unknown {
  const { errors } = error as {
    errors?: { text: string; location: { line: number; column: number } | null }[];
  };
  const first = errors?.[0];
  if (!first) return error;
  const { line, column } = first.location ?? { line: 1, column: 0 };
  return new CellSyntaxError(first.text, { line, column, position: -1 });
}
