import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";
import { Trouble } from "./Trouble.mjs";

const cache = join(root, ".cache");
const log = join(cache, "setup.log");

/**
 * Says what is being done while it is done, and how long it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  console.error(`${title} ...`);
  const start = performance.now();
  const result = await work();
  console.error(`${title}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Makes a folder anew. If that fails or is interrupted, what stood there before comes back, so a
 * failed installation leaves everything as it was.
 *
 * @param {string} folder
 * @param {() => Promise<void>} make
 */
export async function makeAnew(folder, make) {
  const before = join(writableCache(), `before-${folder.replaceAll(/\W+/g, "-")}`);
  // A run that was killed half-way: what was whole stands in `before`, what is half stands in place.
  if (existsSync(before)) putBack(before, folder);
  else if (isUnfinished(folder)) rmSync(folder, { recursive: true, force: true });
  writeFileSync(unfinished(folder), "");
  if (existsSync(folder)) renameSync(folder, before);
  const wait = () => {}; // Ctrl-C ends npm or pip; we stay alive to clean up behind them.
  process.on("SIGINT", wait);
  try {
    await make();
  } catch (error) {
    putBack(before, folder);
    throw error;
  } finally {
    process.off("SIGINT", wait);
  }
  rmSync(unfinished(folder));
  rmSync(before, { recursive: true, force: true });
}

/** @param {string} folder @returns {boolean} whether its last making was never finished */
export function isUnfinished(folder) {
  return existsSync(unfinished(folder));
}

/** @param {string} folder */
function unfinished(folder) {
  return join(cache, `unfinished-${folder.replaceAll(/\W+/g, "-")}`);
}

/** @param {string} before @param {string} folder */
function putBack(before, folder) {
  rmSync(folder, { recursive: true, force: true });
  if (existsSync(before)) renameSync(before, folder);
  rmSync(unfinished(folder), { force: true });
}

/** @returns {string} the folder for our own notes, made if need be */
export function writableCache() {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, "writable"), "");
  } catch (cause) {
    throw new Trouble(
      `The folder ${root} cannot be written to, and downhill installs what it needs there.`,
      "Move or clone it into a folder of your own, for example your home folder, and start again.",
      { cause },
    );
  }
  return cache;
}

/**
 * Runs a program to its end and keeps what it printed, also in .cache/setup.log.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ folder?: string, environment?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(program, parameters, { folder = root, environment = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, parameters, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.on("error", fail);
    child.on("close", (code) => {
      note(`$ ${[program, ...parameters].join(" ")}\n${output}exit code ${code}\n`);
      done({ code, output });
    });
  });
}

/** @param {string} text */
function note(text) {
  if (existsSync(cache)) appendFileSync(log, text);
}

/**
 * The trouble of a download that failed: the network if the program's words say so, else its own words.
 *
 * @param {string} what
 * @param {string} output
 */
export function downloadTrouble(what, output) {
  const offline =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|EHOSTUNREACH|NewConnectionError|Failed to establish|Temporary failure|ProxyError|Read timed out|Name or service not known/;
  if (offline.test(output)) {
    return new Trouble(
      `The ${what} could not be downloaded, because the network cannot be reached.`,
      "Connect to the internet (or set HTTPS_PROXY, if you are behind a proxy) and start again; once installed, downhill works offline.",
    );
  }
  const words = output.split("\n").filter((line) => /error/i.test(line));
  return new Trouble(
    `The ${what} could not be installed: ${(words[0] ?? output.trim().split("\n").at(-1) ?? "no reason given").trim()}`,
    `Read ${log} for all that was said, mend it and start again.`,
  );
}
