import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { onTestFinished } from "vitest";

/** A fresh clone in a folder of its own, with a home and a PATH that hold only what a test puts there. */
export interface Clone {
  readonly folder: string;
  /** Puts a program on the PATH: a link to a real one, or a shell script. */
  readonly provide: (name: string, program: { link: string } | { script: string }) => void;
  /** `npm start` without npm, to its end. */
  readonly start: (parameters?: readonly string[], options?: StartOptions) => Promise<Ended>;
  /** The files beside those that were cloned. */
  readonly leftBehind: () => string[];
}

interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of Node.js itself. */
  readonly node?: readonly string[];
  /** The user to run as. */
  readonly uid?: number;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Clones the working tree, with uncommitted changes, without anything that was installed or built. */
export function freshClone(): Clone {
  const home = mkdtempSync(join(tmpdir(), "downhill-clone-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const [folder, path] = [join(home, "downhill"), join(home, "bin")];
  mkdirSync(path);
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
  const files = listed
    .toString()
    .trim()
    .split("\n")
    .filter((file) => existsSync(file));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  const provide: Clone["provide"] = (name, program) => {
    if ("link" in program) symlinkSync(program.link, join(path, name));
    else writeFileSync(join(path, name), `#!/bin/sh\n${program.script}\n`, { mode: 0o755 });
  };
  return {
    folder,
    provide,
    start: (parameters = [], { environment = {}, node = [], uid } = {}) =>
      ended([...node, join(folder, "kernel/install/start.mjs"), "--no-browser", ...parameters], {
        cwd: folder,
        env: { HOME: home, PATH: path, ...environment },
        ...(uid ? { uid } : {}),
      }),
    leftBehind: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .filter((file) => !files.includes(file)),
  };
}

function ended(parameters: string[], options: Parameters<typeof spawn>[2]): Promise<Ended> {
  const child = spawn(process.execPath, parameters, options);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, output }));
  });
}
