/** How a name of the session came to be; `const` and `import` may not be assigned again. */
export type Kind = "const" | "let" | "var" | "using" | "function" | "class" | "import";

/** A name that a cell declares for the session. */
export interface Declaration {
  readonly name: string;
  /** The variable that holds it; another word than the name where a global has that name. */
  readonly variable: string;
  readonly kind: Kind;
}

/** The names that cells declared, to be looked up. */
export type Names = Pick<ReadonlyMap<string, Kind>, "get" | "has">;

/** These names, and before them those that a cell declares itself. */
export function namesWith(known: Names, declares: readonly Declaration[]): Names {
  const own = new Map(declares.map(({ name, kind }) => [name, kind]));
  return {
    get: (name) => own.get(name) ?? known.get(name),
    has: (name) => own.has(name) || known.has(name),
  };
}

/**
 * Names that no session variable may have: those of globals, and those that programs ask for to find out where
 * they run, because a variable by such a name would make libraries believe in a browser.
 */
const taken = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  ..."window document self global define module exports require Deno Bun importScripts location navigator __filename __dirname process downhill display prompt confirm comms progress".split(
    " ",
  ),
]);

/**
 * The variable for a session name. A learner may call a variable `name` or `performance`; the global
 * of that name must stay what it is for every library.
 */
export const variableFor = (name: string): string =>
  taken.has(name) || name in Object.prototype ? `${name}$cell` : name;
