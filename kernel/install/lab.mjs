import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { python } from "./python.mjs";
import { isClone, root } from "./root.mjs";
import { setUp } from "./setup.mjs";
import { Trouble } from "./Trouble.mjs";

/**
 * Opens JupyterLab on the lessons, and returns its exit code when it ends.
 *
 * @param {readonly string[]} parameters what JupyterLab is given beside our own settings
 * @returns {Promise<number>}
 */
export async function openLab(parameters) {
  await refuseBusyPort(parameters);
  await setUp();
  const lessons = join(root, "notebooks");
  const folder = isClone && existsSync(lessons) ? lessons : process.cwd();
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const own = [`--ServerApp.root_dir=${folder}`, "--ServerApp.log_level=WARN", ...asRoot];
  const child = spawn(python, ["-m", "jupyterlab", ...own, ...parameters], { stdio: "inherit" });
  // Ctrl-C reaches JupyterLab by the terminal; it asks back, and we live as long as it does.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code) => done(code ?? 1));
  });
}

/**
 * JupyterLab takes the next free port by itself; a port that was asked for is another matter.
 *
 * @param {readonly string[]} parameters
 */
async function refuseBusyPort(parameters) {
  const asked = /--(?:ServerApp\.)?port[= ](\d+)/.exec(parameters.join(" "))?.[1];
  if (asked === undefined || (await isFree(Number(asked)))) return;
  throw new Trouble(
    `Port ${asked} is in use by another program.`,
    `Choose another one, for example \`npm start -- --port ${Number(asked) + 1}\`, or leave --port out.`,
  );
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () =>
      server.close(() => done(true)),
    );
  });
}
