import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { Trouble } from "./Trouble.mjs";

/** Where Jupyter looks for kernels and extensions: the user's, an environment's, or any prefix's. */
export type Place =
  | { readonly kind: "user" }
  | { readonly kind: "sys-prefix" }
  | { readonly kind: "prefix"; readonly folder: string };

/** The folder of Jupyter's data at a place, as `jupyter --paths` lists it under “data”. */
export function jupyterData(place: Place): string {
  if (place.kind === "user") return userData();
  const prefix = place.kind === "prefix" ? resolve(place.folder) : activePythonPrefix();
  return join(prefix, "share", "jupyter");
}

function userData(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(APPDATA ?? homedir(), "jupyter");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

function activePythonPrefix(): string {
  for (const python of ["python3", "python"]) {
    try {
      return execFileSync(python, ["-c", "import sys; print(sys.prefix)"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
    } catch {
      // Not every system has both names; the sentence below is said when neither answers.
    }
  }
  throw new Trouble(
    "--sys-prefix installs into the active Python environment, but no Python was found.",
    "Activate the environment that has Jupyter, or use --user.",
  );
}
