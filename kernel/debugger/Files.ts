import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { Debugger } from "node:inspector";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileModule, mapIn, type Positions, readSourceMap } from "../compile/index.ts";
import type { CellSource } from "../session/index.ts";

/** A script of the inspector that is a file, or a cell by its name. */
interface Script {
  readonly url: string;
  /** From a place in its code to the place in its file, where these are not the same. */
  readonly place: Positions | undefined;
}

/** Code as it was written and as it runs. */
export type FileSource = Pick<CellSource, "text" | "code" | "columnOffset" | "place">;

/** What the inspector says of a script that it has read. */
export type Loaded = Pick<Debugger.ScriptParsedEventDataType, "scriptId" | "url" | "sourceMapURL">;

/** The scripts that the process of the cells has loaded, and the files that they come from. */
export class Files {
  readonly #scripts = new Map<string, Script>();
  readonly #kernel: string;

  /** @param kernel The folder of the kernel's own code, as an address: no file of a learner. */
  constructor(kernel: string) {
    this.#kernel = kernel;
  }

  /** The process has loaded a script. */
  loaded({ scriptId, url, sourceMapURL }: Loaded): void {
    const map = isTypeScript(url) ? mapIn(sourceMapURL ?? "") : undefined;
    this.#scripts.set(scriptId, { url, place: map ? readSourceMap(map) : undefined });
  }

  /** There is another process. */
  forget(): void {
    this.#scripts.clear();
  }

  script(id: string): Script | undefined {
    return this.#scripts.get(id);
  }

  /** Whether an address is that of a file, and not of the kernel's own; the kernel has code without a file, too. */
  isFile(url: string): boolean {
    return url.startsWith("file:") && !url.startsWith(this.#kernel);
  }

  /** The files whose code has been loaded, each with the script that it is now. */
  get list(): { id: string; name: string; path: string }[] {
    const files = [...this.#scripts].filter(([, { url }]) => this.isFile(url));
    const newest = new Map(files.map(([id, { url }]) => [pathOf(url), id]));
    return [...newest]
      .filter(([path]) => existsSync(path))
      .map(([path, id]) => ({ id, name: basename(path), path }));
  }

  /** A file as it would be loaded now; nothing when there is none that a learner could stop in. */
  sourceOf(path: string): FileSource | undefined {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    if (!this.isFile(pathToFileURL(path).href)) return undefined;
    const text = readFileSync(path, "utf8");
    const code = codeOf(text, path);
    const map = isTypeScript(path) ? mapIn(code) : undefined;
    const place: Positions = map ? readSourceMap(map) : (same) => same;
    // A cell's code ends with a line of the compiler's; so does this.
    return { text, code: `${code}\n`, columnOffset: 0, place };
  }
}

/** The file of a script; local modules carry a version behind their address. */
export const pathOf = (url: string): string => fileURLToPath(url.replace(/\?.*$/, ""));

/** What the addresses of all versions of a file match, as a regular expression. */
export function addressesOf(path: string): string {
  const addresses = [path, realpathSync(path)].map((each) => pathToFileURL(each).href);
  return `^(?:${addresses.map(literally).join("|")})(?:\\?v=\\d+)?$`;
}

/** A regular expression for this very text. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const isTypeScript = (address: string): boolean => /\.[mc]?tsx?(?:\?v=\d+)?$/.test(address);

/** What a file is as JavaScript; one that cannot be read yet may be mended before it is loaded. */
function codeOf(text: string, path: string): string {
  if (!isTypeScript(path)) return text;
  try {
    return compileModule(text, path);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
