import module, { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { askForPlaces } from "../display/index.ts";
import { nearest } from "../nearest.ts";
import { packageFolder as packageFolderOf } from "../packageFolder.ts";
import { fileInPackage } from "./fileInPackage.ts";
import type { Hooking } from "./localModules.ts";
import { isRestricted } from "./restricted.ts";
// Loaded with the rest: a file of its own would share what speaks to the host, and cells could import that.
import { tslab } from "./tslab.ts";

type Import = (specifier: string, options?: ImportCallOptions) => Promise<object>;

/** The folder that Jupyter started the kernel in: the notebook's. */
export const notebookFolder = process.cwd();

const packageFolder = packageFolderOf(import.meta.url);

// Taken here, because a cell that is graded finds them no more.
const { register, registerHooks } = module as Hooking;

/**
 * Where `import "downhill"` leads, from any folder. What counts points must not read its own files after
 * a cell has run, so work that is graded has the whole library at once.
 */
export const library = pathToFileURL(
  join(packageFolder, "dist/src", isRestricted ? "whole.js" : "index.js"),
).href;

const pictures = pathToFileURL(join(packageFolder, "dist/kernel/pictures.js")).href;

/** `import()` as a file in that folder would do it. */
const importIn = (folder: string): Import =>
  vm.runInThisContext("(specifier, options) => import(specifier, options)", {
    filename: join(folder, "cell.ts"),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });

const importFromNotebook = importIn(notebookFolder);
const importFromPackage = importIn(packageFolder);

/** What `import "downhill"` gives. */
export const loadLibrary = (): Promise<object> => importFromPackage(library);

/**
 * Loads a module for a cell: "downhill" is this package, files are looked for beside the notebook,
 * packages beside the notebook and then among our own.
 */
export async function importModule(
  specifier: string,
  options: ImportCallOptions = {},
): Promise<object> {
  if (specifier === "downhill") return loadLibrary();
  if (specifier === "downhill/pictures") return importFromPackage(pictures);
  if (specifier === "tslab") return tslab;
  if (isBuiltin(specifier)) return importFromNotebook(specifier);
  const local = /^(?:\.{0,2}\/|file:)/.test(specifier);
  if (local) await followLocalModules();
  const json = /\.json$/.test(specifier) && !options.with;
  const how = json ? { with: { type: "json" } } : options;
  try {
    return await importFromNotebook(specifier, how);
  } catch (error) {
    if (local) throw located(error, specifier);
    if (!isMissing(error, specifier)) throw error;
    return importOwn(specifier, how, error);
  }
}

/** The parser is loaded with the first local file, not with the first cell. */
async function followLocalModules(): Promise<void> {
  const local = await import("./localModules.ts");
  const hooksFile = new URL("./hooks.js", import.meta.url);
  local.followLocalModules({ library, packageFolder }, hooksFile, { register, registerHooks });
  askForPlaces(local.placeIn);
}

async function importOwn(specifier: string, options: ImportCallOptions, missing: Error) {
  const file = fileInPackage(specifier, filename);
  if (file) return importFromNotebook(file, options);
  try {
    return await importFromPackage(specifier, options);
  } catch (error) {
    if (!isMissing(error, specifier)) throw error;
    const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
    missing.message = fileInPackage(`${name}/package.json`, filename)
      ? `The package '${name}' has no '${specifier.slice(name.length + 1)}'.\nHint: look at its documentation for what can be imported from it.`
      : `Cannot find package '${specifier}' from ${notebookFolder}.\nHint: npm install ${name}`;
    throw missing;
  }
}

/** Says of a file that is not there where it was looked for; a cell is no file that could have imported it. */
function located(error: unknown, specifier: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ERR_MODULE_NOT_FOUND" && message.endsWith(` imported from ${filename}`)) {
    (error as Error).message =
      `Cannot find '${specifier}' from ${notebookFolder}.\nHint: a path begins at the notebook's folder; an ending such as .ts may be left out.`;
  }
  return error;
}

/** Whether the package itself or its file is missing, and not something that it wants in turn. */
function isMissing(error: unknown, specifier: string): error is Error {
  const { code, message, url } = (error ?? {}) as NodeJS.ErrnoException & {
    readonly url?: unknown;
  };
  return (
    // The package is there, and in it nothing at the very path that was asked for.
    String(url).endsWith(`/node_modules/${specifier}`) ||
    (code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${specifier.split("/")[0]}`))
  );
}

/**
 * What a cell takes from a module by name, or by `*` as a whole; CommonJS modules keep some names in their default
 * export only.
 * @throws {SyntaxError} when the module `from` has no such name. Without `from` it may be a type.
 */
export function exportOf(
  module: Readonly<Record<string, unknown>>,
  name: string,
  from?: string,
): unknown {
  if (name === "default" && name in module) return defaultOf(module);
  if (name in module) return module[name];
  if (name === "*") return wholeOf(module, from);
  const main = name === "default" ? undefined : inDefault(module);
  if (main && name in main) return main[name];
  if (from === undefined) return undefined;
  const hint =
    from === "downhill" && name in globalThis
      ? `every cell has ${name} without an import.`
      : `did you mean '${nearest(name, Object.keys({ ...main, ...module }))}'?`;
  throw new SyntaxError(`'${from}' has no export named '${name}'.\nHint: ${hint}`);
}

/**
 * What a module exports by default. Of a CommonJS module that was made from an ECMAScript one it is that one's default,
 * as TypeScript and bundlers have it; for Node.js it would be all exports in one object.
 */
function defaultOf(module: Readonly<Record<string, unknown>>): unknown {
  const main = inDefault(module);
  return main.__esModule === true && "default" in main && isCommonJs(main)
    ? main.default
    : module.default;
}

const isCommonJs = (exports: object): boolean =>
  Object.values(require.cache).some((loaded) => loaded?.exports === exports);

const wholes = new WeakMap<object, object>();

/**
 * A module under one name: as TypeScript has it, all that a CommonJS module or a JSON file exports. Node.js gives
 * only those names that it can read in the module's text, of lodash not one.
 */
function wholeOf(module: Readonly<Record<string, unknown>>, from = ""): object {
  const known = wholes.get(module);
  if (known) return known;
  const main = inDefault(module);
  const missing = Object.keys(main).filter((name) => !(name in module));
  const asIs = missing.length === 0 && defaultOf(module) === module.default;
  if (asIs || !(from.endsWith(".json") || isCommonJs(main))) return module;
  const taken = (from: Readonly<Record<string, unknown>>) => (name: string) =>
    [name, { enumerable: true, get: () => from[name] }] as const;
  const names = [
    ...Object.keys(module).map(taken(module)),
    ...missing.map(taken(main)),
    ["default", { enumerable: true, get: () => defaultOf(module) }] as const,
  ];
  const whole = Object.create(null, Object.fromEntries(names)) as object;
  wholes.set(module, whole);
  return whole;
}

function inDefault(module: Readonly<Record<string, unknown>>): object & Record<string, unknown> {
  const main = module.default;
  return (
    (typeof main === "object" && main !== null) || typeof main === "function" ? main : {}
  ) as object & Record<string, unknown>;
}

/** What a cell has of CommonJS and `import.meta`, as if it were a file in the notebook's folder. */
const filename = join(notebookFolder, "cell.ts");
export const require = createRequire(filename);
export const meta = {
  url: pathToFileURL(filename).href,
  filename,
  dirname: notebookFolder,
  resolve: (specifier: string) =>
    /^\.{0,2}\//.test(specifier)
      ? new URL(specifier, pathToFileURL(filename)).href
      : pathToFileURL(require.resolve(specifier)).href,
};
