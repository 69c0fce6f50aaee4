import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";
import { downloadTrouble, isUnfinished, makeAnew, run, step } from "./steps.mjs";
import { Trouble } from "./Trouble.mjs";

const modules = join(root, "node_modules");

/** @typedef {{ version?: string, optional?: boolean }} Locked */

/** @param {string} version as in process.versions.node */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Trouble(
    `downhill needs Node.js 20.19 or later, but this is Node.js ${version}.`,
    "Install a current Node.js from https://nodejs.org (or with `nvm install --lts`) and start again.",
  );
}

/** Installs the node modules, unless every one of them is there in the version of package-lock.json. */
export async function installNodeModules() {
  if (!isUnfinished(modules) && asLocked()) return;
  await step("Installing node modules", () => makeAnew(modules, download));
}

/** @returns {boolean} */
function asLocked() {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const locked = /** @type {[string, Locked][]} */ (Object.entries(lock.packages));
  return locked.every(([path, wanted]) => {
    if (path === "") return true;
    const file = join(root, path, "package.json");
    // An optional package is one of another platform: it may be missing, but not be another version.
    if (!existsSync(file)) return wanted.optional === true;
    return JSON.parse(readFileSync(file, "utf8")).version === wanted.version;
  });
}

async function download() {
  // Nothing we use needs its install script where a prebuilt binary exists, and scripts are slow.
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const impatient = ["--fetch-retries=2", "--fetch-retry-mintimeout=500"];
  const { code, output } = await npm([
    "ci",
    ...quiet,
    ...impatient,
    "--fetch-retry-maxtimeout=4000",
  ]);
  if (code !== 0) throw downloadTrouble("node modules", output);
  if (!(await zeromqLoads())) await buildZeromq();
}

/** zeromq carries binaries for the usual platforms; elsewhere its install script compiles one. */
async function zeromqLoads() {
  return (await run(process.execPath, ["-e", 'require("zeromq")'])).code === 0;
}

async function buildZeromq() {
  await npm(["rebuild", "zeromq"]);
  if (await zeromqLoads()) return;
  throw new Trouble(
    `The package zeromq has no binary for this platform (${process.platform}-${process.arch}) and could not be compiled.`,
    "Install CMake and a C++ compiler and start again.",
  );
}

/** @param {readonly string[]} parameters */
function npm(parameters) {
  // Under `npm start`, npm says where it is itself. Else Windows' npm is a script that needs a shell.
  const own = process.env.npm_execpath;
  if (own?.endsWith(".js")) return run(process.execPath, [own, ...parameters]);
  if (process.platform === "win32") return run("cmd", ["/c", "npm", ...parameters]);
  return run("npm", parameters);
}
