import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { isClone, root } from "./root.mjs";
import { downloadTrouble, isUnfinished, makeAnew, run, step } from "./steps.mjs";
import { Trouble } from "./Trouble.mjs";

/** The Python environment that holds JupyterLab: in the clone, or beside the user's other data. */
export const environment = isClone ? join(root, ".venv") : join(userData(), "downhill", "venv");

/** Its Python. */
export const python = join(
  environment,
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);

const oldest = /** @type {const} */ ([3, 9]);

/** @returns {boolean} whether JupyterLab is installed as requirements.txt says */
export function environmentIsReady() {
  return (
    existsSync(python) &&
    !isUnfinished(environment) &&
    stamp("requirements") === fingerprint("requirements.txt")
  );
}

/**
 * Makes the environment from requirements.txt, and adds what only the tests use if they are wanted.
 *
 * @param {{ tests: boolean }} wanted
 */
export async function makeEnvironment({ tests }) {
  if (!environmentIsReady()) {
    const base = await findPython();
    await step("Installing JupyterLab", () => makeAnew(environment, () => installInto(base)));
  }
  const requirements = join("test", "requirements.txt");
  if (!tests || stamp("tests") === fingerprint(requirements)) return;
  await step("Installing what the tests use from Python", () => pipInstall(requirements));
  writeStamp("tests", fingerprint(requirements));
}

/** @param {string} base */
async function installInto(base) {
  const { code, output } = await run(base, ["-m", "venv", environment]);
  if (code !== 0) throw downloadTrouble("Python environment", output);
  await pipInstall("requirements.txt");
  keepApart();
  keepOffTheNetwork();
  writeStamp("requirements", fingerprint("requirements.txt"));
}

/** @param {string} requirements */
async function pipInstall(requirements) {
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--prefer-binary"];
  const impatient = ["--retries", "2", "--timeout", "20"];
  const { code, output } = await run(python, [
    ...["-m", "pip", "install", ...quiet, ...impatient, "--requirement", requirements],
  ]);
  if (code !== 0) throw downloadTrouble("Python packages", output);
}

/** JupyterLab runs scripts of its own with Node.js, and our package.json would make them ES modules. */
function keepApart() {
  writeJson(join(environment, "package.json"), { type: "commonjs" });
}

/** JupyterLab asks the network for news and for extensions; a classroom without one must not wait. */
function keepOffTheNetwork() {
  const config = join(environment, "etc", "jupyter");
  writeJson(join(config, "labconfig", "page_config.json"), {
    disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true },
  });
  writeJson(join(config, "jupyter_lab_config.json"), {
    LabApp: {
      extension_manager: "readonly",
      check_for_updates_class: "jupyterlab.NeverCheckForUpdate",
    },
  });
}

/** @param {string} file @param {unknown} content */
function writeJson(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** @returns {Promise<string>} a Python that can make the environment */
export async function findPython() {
  const names = process.platform === "win32" ? ["py", "python"] : ["python3", "python"];
  /** @type {Trouble | undefined} */
  let trouble;
  for (const name of names) {
    const found = await askPython(name);
    if (!found) continue;
    if (found instanceof Trouble) trouble ??= found;
    else return found.path;
  }
  throw (
    trouble ??
    new Trouble(
      `downhill needs Python ${oldest.join(".")} or later for JupyterLab, but found no Python.`,
      "Install Python 3 from https://www.python.org (Debian and Ubuntu: `sudo apt install python3 python3-venv`) and start again.",
    )
  );
}

/** @param {string} name @returns {Promise<{ path: string } | Trouble | undefined>} */
async function askPython(name) {
  const question =
    "import importlib.util, json, sys; " +
    "print(json.dumps([sys.executable, list(sys.version_info[:2]), " +
    "all(importlib.util.find_spec(m) for m in ('venv', 'ensurepip'))]))";
  const answer = await run(name, ["-c", question]).catch(() => undefined);
  if (answer?.code !== 0) return undefined;
  const [path, [major, minor], canMakeEnvironments] =
    /** @type {[string, [number, number], boolean]} */ (JSON.parse(answer.output));
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return new Trouble(
      `downhill needs Python ${oldest.join(".")} or later for JupyterLab, but ${path} is Python ${major}.${minor}.`,
      "Install a current Python from https://www.python.org and start again.",
    );
  }
  if (!canMakeEnvironments) {
    return new Trouble(
      `Python ${major}.${minor} at ${path} cannot make virtual environments: its module venv is missing.`,
      "Install it with `sudo apt install python3-venv` (Debian and Ubuntu) and start again.",
    );
  }
  return { path };
}

/** @param {string} file @returns {string} */
function fingerprint(file) {
  // A virtual environment holds its own path, so one that was moved is another one.
  return createHash("sha256")
    .update(readFileSync(join(root, file)))
    .update(environment)
    .digest("hex");
}

/** @param {string} name @returns {string | undefined} what `writeStamp` wrote last */
export function stamp(name) {
  const file = join(environment, `.downhill-${name}`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** @param {string} name @param {string} content */
export function writeStamp(name, content) {
  writeFileSync(join(environment, `.downhill-${name}`), content);
}

function userData() {
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? homedir();
  return process.env.XDG_DATA_HOME || join(homedir(), ".local", "share");
}
