import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { python } from "../../kernel/install/python.mjs";
import type { ServerPlace } from "./server.setup.ts";

/** A running Jupyter server with a home of its own. */
export interface JupyterServer extends ServerPlace {
  readonly stop: () => Promise<void>;
}

/** Starts JupyterLab's server, which serves Notebook 7 too, from the project's environment. */
export async function startJupyter(): Promise<JupyterServer> {
  const home = mkdtempSync(join(tmpdir(), "downhill-front-end-"));
  const [folder, log] = [join(home, "notebooks"), join(home, "server.log")];
  mkdirSync(folder);
  // Cells far off the screen would otherwise not be drawn, and not be found by a test.
  const settings = join(home, "settings", "@jupyterlab", "notebook-extension");
  mkdirSync(settings, { recursive: true });
  writeFileSync(
    join(settings, "tracker.jupyterlab-settings"),
    JSON.stringify({ windowingMode: "none" }),
  );
  const [port, token] = [await freePort(), "downhill-test"];
  const output = openSync(log, "a");
  const child = spawn(python, parameters(port, token, folder), {
    env: isolated(home),
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const address = `http://127.0.0.1:${port}`;
  await untilReady(`${address}/api?token=${token}`, child, log);
  return { address, token, folder, log, stop: () => stop(child, home) };
}

function parameters(port: number, token: string, folder: string): string[] {
  return [
    ...["-m", "jupyterlab", "--no-browser", "--allow-root"],
    ...["--ServerApp.ip=127.0.0.1", `--ServerApp.port=${port}`, "--ServerApp.port_retries=0"],
    ...[`--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${folder}`],
    // The page's commands can then be run by name, as a plugin would.
    "--LabApp.expose_app_in_browser=True",
    "--JupyterNotebookApp.expose_app_in_browser=True",
  ];
}

/** Neither the reader's own Jupyter settings nor their kernels may decide a test. */
function isolated(home: string): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    HOME: home,
    JUPYTERLAB_SETTINGS_DIR: `${home}/settings`,
  };
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(JUPYTER|IPYTHON|XDG_|HOME$)/.test(name)) environment[name] = value;
  }
  return environment;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The Jupyter server did not come up. It said:\n${readFileSync(log, "utf8")}`);
}

async function stop(child: ChildProcess, home: string): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const impatient = setTimeout(() => child.kill("SIGKILL"), 10_000);
  if (child.exitCode === null && child.signalCode === null) await ended;
  clearTimeout(impatient);
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
