import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { python } from "../../../kernel/install/python.mjs";
import { flagsFor } from "../../../kernel/tuneV8.ts";

const run = promisify(execFile);

/** The path of a Node.js of this major: the one that runs, or the newest that npm has. */
async function nodeOf(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const { stdout } = await run("npx", [
    ...["--yes", "--package", `node@${major}`, "node", "--print", "process.execPath"],
  ]);
  return stdout.trim();
}

const majors = [20, 22, 24, 26];

/** One after the other, because two at once would write into one cache of npm. */
const nodes = new Map<number, string>();
for (const major of majors) nodes.set(major, await nodeOf(major));

/** Runs Python with the kernel on that Node.js; gives what it printed. */
async function pythonWith(major: number, parameters: readonly string[]): Promise<string> {
  const env = { ...process.env, DOWNHILL_NODE: nodes.get(major) };
  const { stdout } = await run(python, parameters, { env, maxBuffer: 2 ** 26 }).catch((error) => {
    throw new Error(`Node.js ${major}:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

test.each(majors)(
  "the flags of V8 that are set on Node.js %i are flags that it knows",
  async (major) => {
    const node = nodes.get(major)!;
    const { stdout: options } = await run(node, ["--v8-options"], { maxBuffer: 2 ** 24 });
    const flags = flagsFor((await run(node, ["--print", "process.versions.node"])).stdout);
    expect(flags.length).toBeGreaterThan(1);
    for (const flag of flags) expect(options).toContain(`  ${flag.replace(/=.*/, "")} (`);
  },
);

/** `npm test` has already run these on the Node.js that runs this. */
const others = majors.filter((major) => !process.versions.node.startsWith(`${major}.`));

// A kernel that is interrupted waits more than it computes, so two share the machine.
describe.concurrent("on every major of Node.js", () => {
  test.each(others)(
    "cells run, fail, stop, are debugged and graded on Node.js %i",
    async (major) => {
      const tested = ["cells", "debugger", "errors", "grading", "subshells"];
      const files = tested.map((name) => `test/kernel/test_${name}.py`);
      const quiet = ["--quiet", "-p", "no:cacheprovider"];
      expect(await pythonWith(major, ["-m", "pytest", ...files, ...quiet])).toMatch(/\d+ passed/);
    },
  );

  test.each(majors)(
    "5 000 interrupts at random moments leave no cell stuck and no state lost on Node.js %i",
    async (major) => {
      const said = await pythonWith(major, ["test/kernel/stress.py", "5000"]);
      expect(said).toMatch(/^5000 cells, [1-9]\d* interrupted, none stuck, none dead$/m);
      expect(said).toMatch(/^1000 pairs of cells, [1-9]\d* interrupted, none stuck, none dead$/m);
    },
  );
});
