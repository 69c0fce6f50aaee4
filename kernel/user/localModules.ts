import { readFileSync, type Stats, statSync } from "node:fs";
import type { LoadHookContext, ResolveHookContext } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { CellSyntaxError, compileModule, mapIn, readSourceMap } from "../compile/index.ts";
import type { PlaceIn } from "../display/index.ts";
import { type CellModules, cellModules, fromCells, mapsOfFiles } from "./cellModules.ts";
import { fileInPackage } from "./fileInPackage.ts";
import { isRestricted } from "./restricted.ts";
import { Versions, withoutVersion } from "./Versions.ts";

/** What local files may import besides each other. */
export interface Ours {
  readonly library: string;
  readonly packageFolder: string;
}

/** How Node.js lets others take part in its imports. */
export interface Hooking {
  readonly register: (
    file: URL,
    options: { readonly data: unknown; readonly transferList: MessagePort[] },
  ) => void;
  /** Node 20 does not have it. */
  readonly registerHooks?: ((hooks: object) => void) | undefined;
}

let follows = false;

/** Makes local `.ts` files and modules among the cells importable, and an edited file (or one that it imports) load anew at the next import. */
export function followLocalModules(
  ours: Ours,
  hooksFile: URL,
  { register, registerHooks }: Hooking,
): void {
  if (follows) return;
  follows = true;
  const { resolve, load } = localModules(ours, cellModules, (url, map) =>
    mapsOfFiles().set(url, map),
  );
  // Node 20 has no hooks on the main thread; there a thread of Node's own runs the same functions.
  if (registerHooks) registerHooks({ resolve, load });
  else if (!isRestricted)
    register(hooksFile, { data: { ...ours, fromCells }, transferList: [fromCells] });
}

/** The place in a local file; most lines stand in the file where they stand in its JavaScript. */
export const placeIn: PlaceIn = (url, place) => {
  const map = mapsOfFiles().get(url);
  return map === undefined ? place : readSourceMap(map)(place);
};

interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
  readonly shortCircuit?: boolean;
}

type Next<Context, Result> = (specifier: string, context: Context) => Result;

/**
 * The two hooks. They work with values and, where Node waits for them, with promises alike. A module among
 * the cells goes before a file of its name, except while work is graded: there the file is the teacher's.
 * `moved` hears of a file whose lines do not stand where they stood.
 */
export function localModules(
  { library, packageFolder }: Ours,
  cells: CellModules,
  moved: (url: string, map: string) => void,
) {
  const cellAt = (url: string) => (isRestricted && isFile(url) ? undefined : cells.get(url));
  const versions = new Versions((url) => cellAt(url)?.changed ?? changedAt(url));
  const own = pathToFileURL(`${packageFolder}/package.json`).href;
  const built = pathToFileURL(`${packageFolder}/dist/`).href;
  const isLocal = (url: string) =>
    url.startsWith("file:") && !url.includes("/node_modules/") && !url.startsWith(built);
  const resolve = <Result extends Resolved | Promise<Resolved>>(
    specifier: string,
    context: ResolveHookContext,
    next: Next<ResolveHookContext, Result>,
  ): Result | Resolved => {
    if (specifier === "downhill") return { url: library, shortCircuit: true };
    const parent = context.parentURL && withoutVersion(context.parentURL);
    const file = fileBeside(specifier, parent, cells);
    if (file && isLocal(file)) {
      const url = versions.urlOf(file);
      if (parent) versions.note(parent, file, url);
      return { url, shortCircuit: true };
    }
    const plain = parent ? { ...context, parentURL: parent } : context;
    if (isPath(specifier)) {
      if (parent) versions.forget(parent);
      return next(specifier, plain);
    }
    return orElse(
      () => next(specifier, plain),
      () => {
        const inPackage = parent && isLocal(parent) ? fileInPackage(specifier, parent) : undefined;
        return inPackage ? next(inPackage, plain) : next(specifier, { ...context, parentURL: own });
      },
    );
  };
  const load = <Result>(
    url: string,
    context: LoadHookContext,
    next: (url: string, context: LoadHookContext) => Result,
  ): Result | Loaded => {
    const file = withoutVersion(url);
    const cell = cellAt(file);
    if (cell) return { format: "module", source: cell.code, shortCircuit: true };
    return isLocal(file) ? loadLocal(url, context, next, moved) : next(url, context);
  };
  return { resolve, load };
}

type Loaded = { format: string; source: string | Uint8Array; shortCircuit?: boolean };

function loadLocal<Result>(
  url: string,
  context: LoadHookContext,
  next: (url: string, context: LoadHookContext) => Result,
  moved: (url: string, map: string) => void,
): Result | Loaded {
  const file = withoutVersion(url);
  if (/\.json$/.test(file) && !context.importAttributes?.type) {
    const importAttributes = { ...context.importAttributes, type: "json" };
    return next(url, { ...context, importAttributes });
  }
  if (!/\.[mc]?tsx?$/.test(file)) return next(url, context);
  const source = compiled(fileURLToPath(file));
  const map = mapIn(source);
  if (map !== undefined) moved(url, map);
  return { format: "module", source, shortCircuit: true };
}

/** @throws {SyntaxError} naming the file and the place. */
function compiled(file: string): string {
  const source = readFileSync(file, "utf8");
  try {
    return compileModule(source, file);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const { message, line, column } = error;
    const text = source.split("\n")[line - 1] ?? "";
    // Node 20 passes on the message alone, from another thread.
    throw new SyntaxError(
      `${message} (${file}:${line}:${column + 1})\n  ${text}\n  ${" ".repeat(column)}^`,
    );
  }
}

/**
 * What is missing is looked for a second time, whether the first search fails now or later. Where that fails as well,
 * the first failure tells more: it names the file that wanted it.
 */
function orElse<Result>(first: () => Result, second: () => Result): Result {
  const again = (error: unknown): Result => {
    if (!isNotFound(error)) throw error;
    const failed = (later: unknown): never => {
      throw isNotFound(later) ? error : later;
    };
    try {
      const result = second();
      return result instanceof Promise ? (result.catch(failed) as Result) : result;
    } catch (later) {
      return failed(later);
    }
  };
  try {
    const result = first();
    return result instanceof Promise ? (result.catch(again) as Result) : result;
  } catch (error) {
    return again(error);
  }
}

const isNotFound = (error: unknown): boolean =>
  ["ERR_MODULE_NOT_FOUND", "ERR_UNSUPPORTED_DIR_IMPORT"].includes(
    (error as NodeJS.ErrnoException)?.code ?? "",
  );

const endings = ["", ".ts", ".mts", ".tsx", ".js", ".mjs", ".json", "/index.ts", "/index.js"];

/** The file that a path means; as in TypeScript the ending may be missing, and `.js` may mean the `.ts` beside it. */
function fileBeside(
  specifier: string,
  parent: string | undefined,
  cells: CellModules,
): string | undefined {
  if (!isPath(specifier)) return undefined;
  const base = new URL(specifier, parent).href;
  const candidates = [
    ...endings.map((ending) => base + ending),
    base.replace(/\.(m?)js$/, ".$1ts"),
  ];
  return candidates.find((url) => cells.has(url) || isFile(url));
}

const isPath = (specifier: string): boolean => /^(?:\.{0,2}\/|file:)/.test(specifier);

/** Builtin modules and those that are written out in their address are no files. */
const isFile = (url: string): boolean => statsOf(url)?.isFile() === true;

const changedAt = (url: string): number => statsOf(url)?.mtimeMs ?? 0;

const statsOf = (url: string): Stats | undefined =>
  url.startsWith("file:") ? statSync(fileURLToPath(url), { throwIfNoEntry: false }) : undefined;
