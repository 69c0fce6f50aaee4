/** How a name of the session came to be; `const` and `import` may not be assigned again. */
export type Kind = "const" | "let" | "var" | "using" | "function" | "class" | "import";

/** A name that a cell declares for the session. */
export interface Declaration {
  readonly name: string;
  /** The variable that holds it; another word than the name where a global has that name. */
  readonly variable: string;
  readonly kind: Kind;
}

/** The names that earlier cells declared. */
export type Names = ReadonlyMap<string, Kind>;

/**
 * Names that programs ask for to find out where they run. A session variable by such a name would
 * make libraries believe in a browser.
 */
const probes = new Set(
  "window document self global define module exports require Deno Bun importScripts location navigator __filename __dirname process downhill display prompt confirm comms progress".split(
    " ",
  ),
);

/**
 * The variable for a session name. A learner may call a variable `name` or `performance`; the global
 * of that name must stay what it is for every library.
 */
export const variableFor = (name: string): string =>
  probes.has(name) || name in globalThis ? `${name}$cell` : name;
