// `npm run lessons`: builds the notebooks from their texts, runs all in the real kernel and writes the book.
// `npm run lessons -- --text` goes the other way, after editing in JupyterLab.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { python } from "./python.mjs";
import { root } from "./root.mjs";
import { setUp } from "./setup.mjs";
import { runAsCommand } from "./Trouble.mjs";

await runAsCommand(async () => {
  await setUp({ tests: true });
  const options = process.argv.length > 2 ? process.argv.slice(2) : ["--run"];
  const builder = join(root, "notebooks", "build.py");
  return spawnSync(python, [builder, ...options], { stdio: "inherit" }).status ?? 1;
});
