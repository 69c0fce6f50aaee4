// What tslab makes of cells: its own converter and executor, without its sockets, which lose messages.
// Reads a list of lists of cells from standard input and writes their outcomes; see test_tslab.py.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { createConverter } = require("tslab/dist/converter.js");
const { createExecutor } = require("tslab/dist/executor.js");
const jupyter = require("tslab/dist/jupyter.js");

/** @type {string[][]} */
const groups = JSON.parse(readFileSync(0, "utf8"));
const write = process.stdout.write.bind(process.stdout);
const heard = { stdout: "", stderr: "" };
/** @type {object[]} */
const shown = [];

process.stdout.write = hear("stdout");
process.stderr.write = hear("stderr");
jupyter.lastWriteDisplayData = (/** @type {{ data: object }} */ { data }) => shown.push(data);

const node = createConverter();
const executor = createExecutor(
  process.cwd(),
  { node, browser: node, close: () => node.close() },
  console,
);

/** @param {"stdout" | "stderr"} name */
function hear(name) {
  return (/** @type {string | Uint8Array} */ text) => {
    heard[name] += text;
    return true;
  };
}

async function outcome(/** @type {string} */ cell) {
  const ok = await executor.execute(cell);
  const { stdout, stderr } = heard;
  const data = shown.splice(0);
  heard.stdout = heard.stderr = "";
  return { ok, text: stdout, shown: data, stderr: ok ? stderr : "" };
}

const outcomes = [];
for (const cells of groups) {
  const group = [];
  for (const cell of cells) group.push(await outcome(cell));
  outcomes.push(group);
}
write(JSON.stringify(outcomes), () => process.exit());
