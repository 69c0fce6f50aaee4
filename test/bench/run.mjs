/**
 * npm run bench [-- LETTERS]: the workloads a to g, one thread each, beside the peers that are on this machine
 * (b, c and d both as a step that is compiled as a whole and by `train`, in lines of their own),
 * h, the checks that no peer has, and i, what importing the library costs.
 * The contestants take turns, so that a machine that is busy for a while is busy for all of them.
 *
 * TFJS=1 also measures TensorFlow.js on d; it is installed (290 MB) beside the cache the first time.
 * PYTHON names the Python whose torch is measured (several, separated by commas); default python3.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { importing } from "./importing.mjs";
import { importLines, printTable, speedLines } from "./table.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const cache = fileURLToPath(new URL("../../node_modules/.cache/downhill-bench", import.meta.url));
const rounds = 3;

/** @typedef {{ work: string, by: string, median: number }} Figure */

/** @type {(command: string, args: string[]) => Figure[]} */
function figuresOf(command, args) {
  try {
    const output = execFileSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    return output
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
  } catch (error) {
    const stderr = /** @type {{ stderr?: string }} */ (error).stderr ?? String(error);
    console.log(`${command} ${args.at(-1)} gives no figures: ${stderr.trim().split("\n").at(-1)}`);
    return [];
  }
}

const letters = [...(process.argv[2] ?? "abcdefghi")];
mkdirSync(cache, { recursive: true });
await build({
  entryPoints: [`${here}downhill.ts`],
  bundle: true,
  format: "esm",
  platform: "node",
  outfile: `${cache}/downhill.mjs`,
  logLevel: "error",
});
const tfjs = process.env.TFJS === "1" ? `${cache}/tfjs` : undefined;
if (tfjs !== undefined && !existsSync(`${tfjs}/node_modules`)) {
  mkdirSync(tfjs, { recursive: true });
  const packages = ["@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0"];
  execFileSync("npm", ["install", "--silent", "--no-save", "--prefix", tfjs, ...packages]);
}
const pythons = (process.env.PYTHON ?? "python3").split(",");

/** @type {Map<string, Map<string, number[]>>} */
const table = new Map();
for (const letter of letters.filter((each) => each !== "i")) {
  for (let round = 0; round < rounds; round++) {
    const figures = [
      ...figuresOf(process.execPath, [`${cache}/downhill.mjs`, letter]),
      ...(tfjs !== undefined && letter === "d"
        ? figuresOf(process.execPath, [`${here}tfjs.mjs`, tfjs])
        : []),
      ...(letter === "h"
        ? []
        : pythons.flatMap((python) => figuresOf(python, [`${here}torch_bench.py`, letter]))),
    ];
    /** The best of a contestant's ways counts for it. @type {Map<string, Figure>} */
    const best = new Map();
    for (const figure of figures) {
      const key = `${figure.work}|${figure.by}`;
      if (figure.median < (best.get(key)?.median ?? Infinity)) best.set(key, figure);
    }
    for (const { work, by, median } of best.values()) {
      const row = table.get(work) ?? new Map();
      table.set(work, row.set(by, [...(row.get(by) ?? []), median]));
    }
  }
}

/** @type {(values: number[]) => number} */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const times = new Map(
  [...table].map(([work, row]) => [
    work,
    new Map([...row].map(([by, values]) => [by, median(values)])),
  ]),
);
const lines = speedLines(times);
if (letters.includes("i")) {
  const { times, ...read } = await importing();
  lines.push(...importLines({ median: median(times), ...read }));
}
const machine = `${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Node ${process.version}`;
console.log(`\nMedians of ${rounds} turns of medians; one thread each. ${machine}\n`);
printTable(lines);
