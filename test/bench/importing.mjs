/** What `import "downhill"` costs: time in a fresh Node, and what it reads before it is done. */
import { execFileSync } from "node:child_process";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { build } from "../../kernel/install/build.mjs";
import { root } from "../../kernel/install/root.mjs";

const entry = "dist/src/index.js";
const starts = 15;

/** @returns {Promise<{ times: number[], kilobytes: number, packages: string[] }>} */
export async function importing() {
  await build();
  const address = pathToFileURL(join(root, entry)).href;
  const program = `const start = performance.now(); await import(${JSON.stringify(address)}); console.log(performance.now() - start);`;
  const times = Array.from({ length: starts }, () =>
    Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program])),
  );
  return { times, ...(await readAtImport()) };
}

/** What `import "downhill"` reads in Node (what is imported or opened later does not count), and the packages among it. */
export async function readAtImport() {
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    metafile: true,
    write: false,
  });
  /** @type {Set<string>} */
  const packages = new Set();
  const files = new Set([entry]);
  for (const file of files)
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (!external) files.add(path);
      else if (!isBuiltin(path)) packages.add(path);
    }
  const bytes = [...files].reduce((sum, file) => sum + (metafile.inputs[file]?.bytes ?? 0), 0);
  return { kilobytes: bytes / 1000, packages: [...packages] };
}
