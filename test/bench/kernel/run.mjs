/**
 * npm run bench:kernel [-- start|cells]: our kernel beside tslab and Deno (from npm) and ipykernel (from PyPI), over real
 * sockets with one client. The kernels take turns, so that a machine that is busy for a while is
 * busy for all of them; each figure is the median of its turns.
 */
import { mkdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { root } from "../../../kernel/install/root.mjs";
import { setUp } from "../../../kernel/install/setup.mjs";
import { peers } from "./peers.mjs";

/** @typedef {import("./measure.ts").Figure} Figure */

await setUp({ tests: true });
mkdirSync(join(root, ".cache", "bench"), { recursive: true });
const outfile = join(root, ".cache", "bench", "measure.mjs");
await bundle({
  absWorkingDir: root,
  entryPoints: ["test/bench/kernel/measure.ts"],
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  outfile,
  logLevel: "error",
});
/** @type {typeof import("./measure.ts")} */
const { measureStart, measureCells } = await import(pathToFileURL(outfile).href);

/** @type {Map<string, Map<string, number[]>>} */
const table = new Map();
const kernels = peers();
const parts = {
  start: { measure: measureStart, rounds: 7 },
  cells: { measure: measureCells, rounds: 3 },
};
const wanted = process.argv.slice(2);
for (const [part, { measure, rounds }] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(part)) continue;
  for (let round = 0; round < rounds; round++) {
    for (const kernel of kernels) {
      console.error(`round ${round + 1} of ${rounds}: ${kernel.name}`);
      await measure(kernel).then(
        (figures) => note(kernel.name, figures),
        (error) => console.error(`${kernel.name} has no figures of this round: ${error.message}`),
      );
    }
  }
}
print();

/** @param {string} name @param {readonly Figure[]} figures */
function note(name, figures) {
  for (const { row, value } of figures) {
    const values = table.get(row) ?? new Map();
    table.set(row, values.set(name, [...(values.get(name) ?? []), value]));
  }
}

function print() {
  console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}\n`);
  const heads = kernels.map(({ name }) => ` ${name} |`).join("");
  console.log(`| |${heads}\n|---|${"---|".repeat(kernels.length)}`);
  for (const [row, values] of table) {
    const figures = kernels.map(({ name }) => ` ${shown(median(values.get(name) ?? []))} |`);
    console.log(`| ${row} |${figures.join("")}`);
  }
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {number} value */
function shown(value) {
  if (Number.isNaN(value)) return "none";
  if (value === Number.POSITIVE_INFINITY) return "never done";
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
