// `npm run lessons`: builds the notebooks from their texts, runs all in the real kernel and writes the book.
// `npm run lessons -- --text` goes the other way, after editing in JupyterLab.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { python } from "./python.mjs";
import { root } from "./root.mjs";
import { setUp } from "./setup.mjs";
import { runAsCommand, Trouble } from "./Trouble.mjs";

const folder = join(root, "notebooks");
const program = join(root, "dist", "kernel", "main.js");

/** @type {import("node:child_process").SpawnSyncOptions} */
const inherit = { stdio: "inherit" };

await runAsCommand(async () => {
  await setUp({ tests: true });
  const options = process.argv.slice(2);
  const { status } = spawnSync(python, [join(folder, "build.py"), ...options], inherit);
  if (status !== 0 || options.length > 0) return status ?? 1;
  const finished = mkdtempSync(join(tmpdir(), "downhill-book-"));
  try {
    return writeBook(runAll(finished));
  } finally {
    rmSync(finished, { recursive: true, force: true });
  }
});

/**
 * Runs each lesson where it lies, beside its exercises, and leaves the lesson without outputs.
 *
 * @param {string} finished the folder for the lessons with outputs
 * @returns {string[]} their files
 */
function runAll(finished) {
  const names = readdirSync(folder).filter((name) => /^\d\d-.*\.ipynb$/.test(name));
  return names.sort().map((name) => {
    const output = join(finished, name);
    const words = [program, "run", join(folder, name), "--output", output, "--timeout", "60"];
    // What the cells print stands in the book.
    const { status } = spawnSync(process.execPath, words, {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status === 0) return output;
    throw new Trouble(
      `${name} did not run to its end, so there is no book.`,
      `\`downhill run notebooks/${name}\` shows the cell that failed.`,
    );
  });
}

/** @param {readonly string[]} files */
function writeBook(files) {
  const book = join(root, "dist", "book");
  return (
    spawnSync(process.execPath, [program, "export", ...files, "--book", book], inherit).status ?? 1
  );
}
