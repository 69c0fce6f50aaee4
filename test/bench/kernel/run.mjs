/**
 * npm run bench:kernel [-- start cells loops flood interrupts stops help diagnostics memory nbclient]: our kernel beside tslab and
 * Deno (from npm) and ipykernel (from PyPI), over real sockets with one client, and what each row must reach.
 * The kernels take turns, so that a machine that is busy for a while is busy for all of them; each figure
 * is the median of its turns. ROUNDS=5 takes so many turns instead of each part's own number, KERNELS=downhill,Deno
 * measures these alone.
 */
import { mkdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { root } from "../../../kernel/install/root.mjs";
import { setUp } from "../../../kernel/install/setup.mjs";
import { peers } from "./peers.mjs";

/** @typedef {import("./Part.ts").Figure} Figure @typedef {import("./Part.ts").Part} Part */

await setUp({ tests: true });
const { ROUNDS, KERNELS } = process.env;
const kernels = peers().filter(({ name }) => KERNELS?.split(",").includes(name) ?? true);
const wanted = process.argv.slice(2);
const chosen = Object.entries(await readParts()).filter(
  ([name]) => wanted.length === 0 || wanted.includes(name),
);
for (const [name, part] of chosen) printTable(part, await measured(name, part));

/** @returns {Promise<typeof import("./parts.ts").parts>} */
async function readParts() {
  mkdirSync(join(root, ".cache", "bench"), { recursive: true });
  const outfile = join(root, ".cache", "bench", "parts.mjs");
  await bundle({
    absWorkingDir: root,
    entryPoints: ["test/bench/kernel/parts.ts"],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "error",
  });
  return (await import(pathToFileURL(outfile).href)).parts;
}

/**
 * The figures of a part: by row, and by kernel the values of its turns.
 *
 * @param {string} name @param {Part} part
 */
async function measured(name, { rounds: usual, kernels: concerned, measure }) {
  /** @type {Map<string, Map<string, number[]>>} */
  const table = new Map();
  const rounds = Number(ROUNDS ?? usual);
  for (let round = 0; round < rounds; round++) {
    for (const kernel of kernels.filter(({ name }) => concerned.includes(name))) {
      console.error(`${name}, round ${round + 1} of ${rounds}: ${kernel.name}`);
      /** @type {readonly Figure[]} */
      const figures = await measure(kernel).catch((error) => {
        console.error(`${kernel.name} has no figures of this round: ${error.message}`);
        return [];
      });
      for (const { row, value } of figures) {
        const values = table.get(row) ?? new Map();
        table.set(row, values.set(kernel.name, [...(values.get(kernel.name) ?? []), value]));
      }
    }
  }
  return table;
}

/** @param {Part} part @param {Map<string, Map<string, number[]>>} table */
function printTable({ kernels: concerned, goals }, table) {
  /** @type {(kernel: string, row: string) => number} */
  const medianOf = (kernel, row) => median(table.get(row)?.get(kernel) ?? []);
  const columns = kernels.filter(({ name }) => concerned.includes(name));
  const heads = ["", ...columns.map(({ title }) => title), "at least", ""];
  const lines = [...table.keys()].map((row) => {
    const wanted = (goals[row] ?? []).map(({ text, verdict }) => ({
      text,
      verdict: verdict((kernel, other = row) => medianOf(kernel, other)),
    }));
    return [
      row,
      ...columns.map(({ name }) => shown(medianOf(name, row))),
      wanted.map(({ text }) => text).join(", "),
      wanted.map(({ verdict }) => verdict).join(", "),
    ];
  });
  console.log(`\n${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}\n`);
  const rule = heads.map(() => "---");
  for (const line of [heads, rule, ...lines]) console.log(`| ${line.join(" | ")} |`);
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
