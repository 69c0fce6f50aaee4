import { spawnSync } from "node:child_process";
import { type Dirent, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { packageFolder } from "../packageFolder.ts";
import { type Outcome, plainError } from "./Outcome.ts";

/** How to start a process that may read an assignment's files and do nothing else beyond itself. */
export interface Restriction {
  /** What stands before the command of Node.js; where the system can, it takes the network away. */
  readonly before: readonly string[];
  /** Node's own flags: without a permission for it there is no writing, no child, no worker, no inspector. */
  readonly flags: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** The restriction for answers that are graded in `folder`; `main` is the entry file of their process. */
export function restrictionFor(main: URL, folder: string): Restriction {
  const ours = packageFolder(main);
  const own = [join(ours, "package.json"), join(ours, "dist", "*")];
  const paths = [...own, ...packagesFor(ours), ...packagesFor(folder, isClosed), ...dataIn(folder)];
  // What is said twice makes Node 20 end.
  const readable = new Set(paths);
  return {
    before: withoutNetwork(),
    flags: [
      permissionFlag(),
      emptyMemory,
      ...[...readable].map((path) => `--allow-fs-read=${path}`),
    ],
    environment: harmless(process.env),
  };
}

/** Node.js lets a star stand for anything: a file that is called `*` would open the hidden tests beside it. */
const isOne = (path: string): boolean => !path.includes("*");

let builtIn: ReadonlySet<string> | undefined;

/**
 * The error of a graded cell that declares a name of JavaScript's own, such as Math or Set: what tests call
 * by that name would be the answer's.
 */
export function refusedNames(names: readonly string[]): Outcome | undefined {
  builtIn ??= new Set(runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[]);
  const name = names.find((one) => builtIn!.has(one));
  if (name === undefined) return undefined;
  const evalue = `${name} is built into JavaScript and cannot be declared anew while work is graded, because tests use it.\nHint: choose another name.`;
  return plainError({ ename: "RefusedName", evalue });
}

/** Memory that a cell gets has nothing of the hidden tests left in it. */
const emptyMemory = "--zero-fill-buffers";

const permissionFlag = (): string =>
  process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";

/**
 * The files beside the notebook. A notebook is none of them: while nbgrader works, the hidden tests stand
 * in it. Nor is a link, which could lead to the solution.
 */
function dataIn(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!isOne(path)) return [];
    if (entry.isFile()) return isNotebook(entry) ? [] : [path];
    if (!entry.isDirectory() || entry.name === "node_modules") return [];
    return holdsSecrets(path) ? dataIn(path) : [join(path, "*")];
  });
}

/** Whether nothing in a folder leads out of it, as a link does. */
const isClosed = (entry: Dirent, within: string): boolean =>
  entry.isDirectory() && !holdsSecrets(join(within, entry.name));

const holdsSecrets = (folder: string): boolean =>
  entriesOf(folder).some(
    (entry) =>
      isNotebook(entry) ||
      entry.isSymbolicLink() ||
      (entry.isDirectory() && holdsSecrets(join(folder, entry.name))),
  );

const isNotebook = ({ name }: Dirent): boolean => name.endsWith(".ipynb");

const entriesOf = (folder: string): Dirent[] => readdirSync(folder, { withFileTypes: true });

/**
 * The packages that a file in this folder can import; ours brings its solutions, so it is not among them. Those in
 * the folder itself came with the answers, and `isGood` has to know them for harmless.
 */
function packagesFor(
  folder: string,
  isGood = (_entry: Dirent, _modules: string) => true,
): string[] {
  const modules = join(folder, "node_modules");
  const packages = existsSync(modules)
    ? entriesOf(modules)
        .filter((entry) => entry.name !== "downhill" && isGood(entry, modules))
        .map(({ name }) => join(modules, name))
        .filter(isOne)
        .map((path) => join(path, "*"))
    : [];
  const above = dirname(folder);
  return above === folder ? packages : [...packages, ...packagesFor(above)];
}

/** Node.js refuses the network itself from version 25 on; before that Linux may do it, where it lets everybody. */
function withoutNetwork(): string[] {
  const refuses = Number(process.versions.node.split(".")[0]) >= 25;
  if (refuses || process.platform !== "linux") return [];
  const command = ["unshare", "--map-current-user", "--net", "--"];
  const [program, ...rest] = command;
  return spawnSync(program!, [...rest, "true"]).status === 0 ? command : [];
}

/** Nothing of the environment that could be a key, and nothing that changes how Node.js starts. */
function harmless(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const known =
    /^(PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|TEMP|SYSTEMROOT|NBGRADER_EXECUTION|DOWNHILL_\w+)$/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => known.test(name)));
}
