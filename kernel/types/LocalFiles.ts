import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** What happened to a file, by the numbers of the language server protocol. */
export const fileChanges = { created: 1, changed: 2, deleted: 3 } as const;

/** A change of a file, as that protocol says it. */
export interface FileChange {
  readonly uri: string;
  readonly type: (typeof fileChanges)[keyof typeof fileChanges];
}

/**
 * The files beside the notebook that cells import, directly or through each other. The type checker reads a file once
 * and relies on its client to hear of changes; without that, a cell would be held against a file of an hour ago.
 */
export class LocalFiles {
  readonly #folder: string;
  /** What each file was like when it was last looked at; undefined where there was none. */
  readonly #states = new Map<string, string | undefined>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What has changed in them since the last call; those that only this text imports are known from now on. */
  changes(text: string): FileChange[] {
    const changed = [...this.#states].flatMap(([file, known]) => this.#look(file, known));
    this.#follow(text, this.#folder);
    return changed;
  }

  #look(file: string, known: string | undefined): FileChange[] {
    const state = stateOf(file);
    if (state === known) return [];
    this.#note(file, state);
    const how = known === undefined ? "created" : state === undefined ? "deleted" : "changed";
    return [{ uri: pathToFileURL(file).href, type: fileChanges[how] }];
  }

  #follow(text: string, folder: string): void {
    for (const [, path] of text.matchAll(localImport)) {
      for (const file of filesFor(join(folder, path!))) {
        if (!this.#states.has(file)) this.#note(file, stateOf(file));
      }
    }
  }

  #note(file: string, state: string | undefined): void {
    this.#states.set(file, state);
    if (state !== undefined && /\.[mc]?[jt]sx?$/.test(file))
      this.#follow(readFileSync(file, "utf8"), dirname(file));
  }
}

/** A path in an import or an export; the other cells, which the checker's own folder has, are no files of the notebook. */
const localImport =
  /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](\.{1,2}\/(?!cell-\d+["'])[^"'\n]*)["']/g;

const endings = [
  ".ts",
  ".tsx",
  ".mts",
  ".d.ts",
  ".js",
  ".json",
  "/index.ts",
  "/index.tsx",
  "/index.js",
];

/** The file that a path means; when there is none, all that it might mean some day. */
function filesFor(path: string): string[] {
  const candidates = [
    path,
    path.replace(/\.([mc]?)js(x?)$/, ".$1ts$2"),
    ...endings.map((ending) => path + ending),
  ];
  const found = candidates.find((file) => stateOf(file) !== undefined);
  return found === undefined ? candidates : [found];
}

function stateOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? `${found.mtimeMs} ${found.size}` : undefined;
}
